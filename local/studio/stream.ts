import type { ServerResponse } from 'node:http';

import type { LiveCounts, LiveEvent } from './api.ts';
import { StudioProblem } from './problem.ts';
import type { KeptRun, Runs } from './runs.ts';

/** Between two messages of events, in milliseconds: with the counts about nine messages a second, whatever the rate. */
const EVENTS_EVERY_MS = 125;
/** Between two messages of counts, which also keep the connection alive. */
const COUNTS_EVERY_MS = 1_000;
/** Counting asks the queue, which answers late on a busy machine; it may take this share of the time. */
const COUNTING_SHARE = 1 / 20;
/** Whoever is further behind starts over. */
const MAX_BEHIND = 1_000;
const MAX_EVENTS_A_MESSAGE = 250;
/** Whoever reads nothing for so long is let go, in milliseconds. */
const MAX_STALL_MS = 10_000;
const MAX_CLIENTS = 20;

export interface StreamsOptions {
  readonly runs: Runs;
  readonly liveEvent: (kept: KeptRun) => LiveEvent;
  readonly counts: () => Promise<LiveCounts>;
  /** Milliseconds that only go up. */
  readonly now?: () => number;
}

/** What the stream needs of a response. */
export type StreamResponse = Pick<ServerResponse, 'writeHead' | 'write' | 'end' | 'destroy' | 'on' | 'writableNeedDrain'>;

/** Server-sent events for the open pages. */
export interface Streams {
  /** @param after the last seq that the page has; undefined for what comes from now on */
  open(response: StreamResponse, after: number | undefined): void;
  stop(): void;
}

interface Client {
  readonly response: StreamResponse;
  /** The last seq it was told of. */
  cursor: number;
  /** Since when it has read nothing. */
  stalledSince: number | undefined;
}

/** A page is never sent more than it reads: what it misses stays among the runs, and is left out when that is too much. */
export function createStreams({ runs, liveEvent, counts, now = () => performance.now() }: StreamsOptions): Streams {
  const clients = new Set<Client>();
  let eventsTimer: NodeJS.Timeout | undefined;
  let countsTimer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function tellEvents(client: Client): void {
    if (!canTake(client)) return;
    const behind = runs.latest() - client.cursor;
    // Below zero are pages of an earlier start.
    if (behind > MAX_BEHIND || behind < 0) {
      client.cursor = runs.latest();
      return write(client, 'resync', {});
    }
    const events = runs.after(client.cursor, MAX_EVENTS_A_MESSAGE);
    const last = events.at(-1);
    if (last === undefined) return;
    client.cursor = last.seq;
    write(client, 'events', events.map(liveEvent));
  }

  function canTake(client: Client): boolean {
    if (!client.response.writableNeedDrain) {
      client.stalledSince = undefined;
      return true;
    }
    client.stalledSince ??= now();
    if (now() - client.stalledSince > MAX_STALL_MS) client.response.destroy();
    return false;
  }

  async function tellCounts(to: Iterable<Client>): Promise<void> {
    const text = await counts().catch(() => undefined);
    for (const client of to) {
      if (!canTake(client)) continue;
      // A comment: the queue may be busy with its end, and the connection still has to be kept alive.
      if (text === undefined) client.response.write(':\n\n');
      else write(client, 'counts', text);
    }
  }

  function keepTelling(): void {
    eventsTimer ??= setInterval(() => clients.forEach(tellEvents), EVENTS_EVERY_MS).unref();
    if (countsTimer === undefined) countLater(COUNTS_EVERY_MS);
  }

  function countLater(pauseMs: number): void {
    const timer = setTimeout(() => void countNow(timer), pauseMs).unref();
    countsTimer = timer;
  }

  async function countNow(timer: NodeJS.Timeout): Promise<void> {
    const started = now();
    await tellCounts(clients);
    // Meanwhile all may have gone, and others come.
    if (countsTimer === timer) countLater(Math.max(COUNTS_EVERY_MS, (now() - started) / COUNTING_SHARE));
  }

  function forget(client: Client): void {
    clients.delete(client);
    if (clients.size > 0) return;
    clearInterval(eventsTimer);
    clearTimeout(countsTimer);
    [eventsTimer, countsTimer] = [undefined, undefined];
  }

  return {
    open(response, after = runs.latest()) {
      if (isStopped) throw new StudioProblem(503, 'The bridge is stopping. Start it again with npm start, and reload the page.');
      if (clients.size >= MAX_CLIENTS) throw new StudioProblem(503, `${MAX_CLIENTS} pages are open already; close one and reload this one.`);
      const client: Client = { response, cursor: after, stalledSince: undefined };
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      response.on('close', () => forget(client));
      clients.add(client);
      keepTelling();
      tellEvents(client);
      void tellCounts([client]);
    },
    stop() {
      isStopped = true;
      for (const client of clients) client.response.end();
    },
  };
}

function write({ response }: Client, event: string, content: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`);
}
