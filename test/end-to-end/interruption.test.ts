import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import { batchRequest, singleRequest, trackEvent } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const DRAIN_MS = 60_000;
const TEST_MS = 120_000;
const SINGLES = 300;
const BATCHES = 6;
const BATCH = 50;
const EVENTS = SINGLES + BATCHES * BATCH;

const SINGLE_REQUESTS = Array.from({ length: SINGLES }, (_, index) => singleRequest(trackEvent(`single-${index}`)));
const BATCH_REQUESTS = Array.from({ length: BATCHES }, (_, batch) => batchRequest(Array.from({ length: BATCH }, (__, index) => trackEvent(`batch-${batch}-${index}`))));
const REQUESTS = [...SINGLE_REQUESTS.slice(0, SINGLES / 2), ...BATCH_REQUESTS, ...SINGLE_REQUESTS.slice(SINGLES / 2)];

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  endLeftovers();
  folder.remove();
});

describe('the local run, interrupted', () => {
  it.each([0.2, 0.5, 0.9])('bills every event once when killed after %d of them and started again', async (part) => {
    let bridge = await startLocalProcess({ BRIDGE_DATA: folder.path });
    let restarted: Promise<void> | undefined;
    let answered = 0;
    const restart = async (): Promise<void> => {
      await bridge.end('SIGKILL');
      bridge = await startLocalProcess({ BRIDGE_DATA: folder.path });
    };
    const onAnswer = (): void => {
      answered += 1;
      if (answered >= REQUESTS.length * part) restarted ??= restart();
    };

    const statuses = await sendAll(REQUESTS, { webhook: () => bridge.webhook, concurrency: 16, pauseMs: 100, maxTries: 200, onAnswer });
    await restarted;
    const state = await bridge.drained(DRAIN_MS);
    await bridge.end('SIGKILL');

    expect(new Set(statuses)).toEqual(new Set([200]));
    const samples = 2;
    expect(state.sandbox?.billed).toBe(EVENTS + samples);
    expect(state.accepted).toBe(state.fates.delivered);
    expect(state.queue).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
  }, TEST_MS);

  it('keeps what waits when paused and stopped, and delivers it after a start without the pause', async () => {
    const paused = await startLocalProcess({ BRIDGE_DATA: folder.path, BRIDGE_PAUSED: 'true' });
    await sendAll(BATCH_REQUESTS, { webhook: () => paused.webhook, concurrency: 4, pauseMs: 100, maxTries: 3 });
    const waiting = await paused.state();
    expect(waiting).toMatchObject({ accepted: BATCHES * BATCH, queue: { visible: BATCHES * BATCH, inFlight: 0 } });
    expect(await paused.end('SIGINT')).toBe(0);

    const bridge = await startLocalProcess({ BRIDGE_DATA: folder.path });
    const state = await bridge.drained(DRAIN_MS);
    await bridge.end('SIGKILL');

    expect(state.fates.delivered).toBe(BATCHES * BATCH + 1);
    expect(state.sandbox?.billed).toBe(BATCHES * BATCH + 1);
  }, TEST_MS);

  it('finishes what is in flight on Ctrl-C and exits with 0', async () => {
    const bridge = await startLocalProcess({ BRIDGE_DATA: folder.path });
    const sending = sendAll(SINGLE_REQUESTS.slice(0, 40), { webhook: () => bridge.webhook, concurrency: 40, pauseMs: 1, maxTries: 1 });
    const code = await bridge.end('SIGINT');
    const statuses = await sending;

    expect(code).toBe(0);
    const again = await startLocalProcess({ BRIDGE_DATA: folder.path });
    const state = await again.drained(DRAIN_MS);
    await again.end('SIGKILL');
    const taken = statuses.filter((status) => status === 200).length;
    expect(state.sandbox?.billed).toBe(taken + 2);
  }, TEST_MS);
});
