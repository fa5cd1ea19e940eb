import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';

import { PATHS } from '../../../local/studio/api.ts';
import type { LiveCounts, LiveEvent } from '../../../local/studio/api.ts';
import { createRuns } from '../../../local/studio/runs.ts';
import { createStreams } from '../../../local/studio/stream.ts';
import type { StreamResponse } from '../../../local/studio/stream.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { until } from '../../helpers/until.ts';
import { openStream } from './open-stream.ts';
import type { OpenStream } from './open-stream.ts';
import { NOW, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

const BOUNDS = { maxRuns: 5_000, maxBytes: 8 * 1024 * 1024 };

let world: StudioWorld;
let streams: OpenStream[];

beforeEach(async () => {
  world = await startStudioWorld({ bounds: BOUNDS });
  streams = [];
});

afterEach(async () => {
  for (const stream of streams) stream.close();
  await world.stop();
});

async function open(query?: string): Promise<OpenStream> {
  const stream = await openStream(world, query);
  streams.push(stream);
  return stream;
}

function settle(amount: number, properties: object = {}): void {
  world.settle(Array.from({ length: amount }, () => trackEvent('m', { properties }, NOW)));
}

function eventsOf({ messages }: OpenStream): LiveEvent[] {
  return messages.filter(({ name }) => name === 'events').flatMap(({ value }) => value as LiveEvent[]);
}

function named({ messages }: OpenStream, name: string): readonly unknown[] {
  return messages.filter((message) => message.name === name).map(({ value }) => value);
}

describe('the stream', () => {
  it('begins with the counts at once, and tells of events as they pass, in order', async () => {
    settle(2);
    const stream = await open();
    await until(() => stream.messages.length > 0);
    expect(named(stream, 'counts')[0]).toMatchObject({ accepted: 2, waiting: 3, deadLetters: 3, target: 'sandbox', lastMinutes: expect.any(Array) });

    settle(3);
    await until(() => eventsOf(stream).length === 3);

    expect(eventsOf(stream).map(({ seq }) => seq)).toEqual([5_003, 5_004, 5_005]);
    expect(stream.response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('goes on after the last event that a page has', async () => {
    settle(5);

    const stream = await open('?after=5003');
    await until(() => eventsOf(stream).length === 2);

    expect(eventsOf(stream).map(({ seq }) => seq)).toEqual([5_004, 5_005]);
  });

  it.each([
    ['has missed too many', '?after=1', 1_500],
    ['is of an earlier start', '?after=99999', 1],
  ])('lets a page that %s start over', async (_, query, amount) => {
    settle(amount);
    const stream = await open(query);
    await until(() => named(stream, 'resync').length > 0);

    settle(1);
    await until(() => eventsOf(stream).length > 0);

    expect(eventsOf(stream).map(({ seq }) => seq)).toEqual([5_001 + amount]);
    expect(named(stream, 'resync')).toHaveLength(1);
  });

  it('tells of 500 events a second in at most ten messages a second, each once, without growing', async () => {
    const stream = await open();
    settle(5_000, { text: 'x'.repeat(1_000) });
    await until(() => named(stream, 'resync').length > 0);
    const before = stream.messages.length;
    const memoryBefore = process.memoryUsage().heapUsed;
    const started = performance.now();

    for (let tick = 0; tick < 30; tick += 1) {
      settle(50, { text: 'x'.repeat(1_000) });
      await sleep(100);
    }
    await until(() => eventsOf(stream).length === 1_500);
    const seconds = (performance.now() - started) / 1_000;

    const seqs = eventsOf(stream).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 1_500 }, (_, index) => 10_001 + index));
    expect((stream.messages.length - before) / seconds).toBeLessThanOrEqual(10);
    // The test itself keeps what it was told of; 1,500 bodies more would not fit in.
    expect(process.memoryUsage().heapUsed - memoryBefore).toBeLessThan(40_000_000);
    const counts = (await lastCounts(stream)).lastMinutes.reduce((sum, { delivered }) => sum + delivered, 0);
    expect(counts).toBe(6_500);
  });

  it('ends with the bridge, and takes nobody any more', async () => {
    const stream = await open();

    world.studio.stop();
    await until(() => stream.isEnded());
    const late = await world.ask(PATHS.stream);

    expect(late).toMatchObject({ status: 503, body: expect.stringContaining('npm start') });
  });

  it('is for twenty pages at once', async () => {
    for (let index = 0; index < 20; index += 1) await open();

    const late = await world.ask(PATHS.stream);
    streams[0]?.close();
    await until(() => streams[0]?.isEnded() === true);
    await sleep(50);

    expect(late).toMatchObject({ status: 503, body: expect.stringContaining('close one') });
    expect((await open()).status).toBe(200);
  });
});

/** A connection whose other end reads only when it is told to. */
function slowResponse() {
  const written: string[] = [];
  const double = {
    written,
    writableNeedDrain: false,
    isDestroyed: false,
    onClose: (): void => undefined,
    writeHead: () => response,
    write(text: string) {
      written.push(text);
      double.writableNeedDrain = true;
      return false;
    },
    end: () => response,
    destroy() {
      double.isDestroyed = true;
      double.onClose();
      return response;
    },
    on(_name: string, listener: () => void) {
      double.onClose = listener;
      return response;
    },
  };
  const response = double as unknown as StreamResponse;
  return { double, response };
}

describe('a page that doesn\'t read', () => {
  const COUNTS: LiveCounts = { accepted: 0, fates: { delivered: 0, filtered: 0, quarantined: 0 }, waiting: 0, deadLetters: 0, target: 'sandbox', mappingsStamp: '', lastMinutes: [] };

  function start(now: () => number) {
    const runs = createRuns(BOUNDS);
    const { double, response } = slowResponse();
    const created = createStreams({ runs, liveEvent: ({ seq }) => ({ seq }) as LiveEvent, counts: async () => COUNTS, now });
    created.open(response, undefined);
    const add = (amount: number): void => {
      for (let index = 0; index < amount; index += 1) {
        runs.add({ at: 0, acceptedAt: 0, sqsMessageId: 'm', fate: 'delivered', usage: [], receiveCount: 1, mappingVersion: '', body: '', encoding: 'text' });
      }
    };
    return { double, created, add };
  }

  it('is sent nothing more until it does, then goes on where it was, or starts over', async () => {
    const { double, created, add } = start(() => 0);
    await until(() => double.written.length === 1);

    add(300);
    await sleep(400);
    expect(double.written).toHaveLength(1);

    double.writableNeedDrain = false;
    await until(() => double.written.length === 2);
    expect(double.written[1]).toMatch(/^event: events\ndata: \[\{"seq":5001\}.*\{"seq":5250\}\]\n\n$/);

    add(2_000);
    double.writableNeedDrain = false;
    await until(() => double.written.length === 3);
    expect(double.written[2]).toBe('event: resync\ndata: {}\n\n');
    created.stop();
    double.onClose();
  });

  it('is let go after ten seconds', async () => {
    let now = 0;
    const { double, add } = start(() => now);
    await until(() => double.written.length === 1);
    add(1);
    await sleep(200);
    expect(double.isDestroyed).toBe(false);

    now = 10_001;
    await until(() => double.isDestroyed);

    add(1);
    await sleep(300);
    expect(double.written).toHaveLength(1);
  });
});

async function lastCounts(stream: OpenStream): Promise<LiveCounts> {
  const before = named(stream, 'counts').length;
  await until(() => named(stream, 'counts').length > before);
  return named(stream, 'counts').at(-1) as LiveCounts;
}
