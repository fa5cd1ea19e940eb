import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A usage event, and when it was here, in milliseconds of `performance.now()`. */
export interface Taken {
  readonly usage: unknown;
  readonly at: number;
}

/** A Metronome in this very process, so that one clock times the webhook's answer and the usage event. */
export interface TakingMetronome {
  readonly url: string;
  /**
   * Resolves once so many have come.
   * @throws Error if they are not all there in time
   */
  until(events: number, withinMs: number): Promise<void>;
  /** Gives all that came since the last call, by transaction_id. An id that comes again is ignored, as Metronome does. */
  take(): ReadonlyMap<string, Taken>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 20;

export async function startTakingMetronome(): Promise<TakingMetronome> {
  let taken = new Map<string, Taken>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== '/v1/ingest') return void response.writeHead(404).end();
    const events = (await json(request)) as readonly { readonly transaction_id: string }[];
    response.writeHead(200, { 'content-length': 0 }).end();
    const at = performance.now();
    for (const usage of events) if (!taken.has(usage.transaction_id)) taken.set(usage.transaction_id, { usage, at });
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => request.socket.destroy()));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async until(events, withinMs) {
      for (const until = performance.now() + withinMs; taken.size < events; await sleep(LOOK_EVERY_MS)) {
        if (performance.now() > until) throw new Error(`Of ${events} events, ${events - taken.size} did not reach Metronome within ${withinMs / 1_000} s.`);
      }
    },
    take() {
      const all = taken;
      taken = new Map();
      return all;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
