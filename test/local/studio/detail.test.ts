import { describe, expect, it } from '@jest/globals';

import type { ReturnCause } from '../../../lambda/forward/fate.ts';
import { eventDetail } from '../../../local/studio/detail.ts';
import type { DetailDeps } from '../../../local/studio/detail.ts';
import { createLiveEvents } from '../../../local/studio/live-event.ts';
import type { Run } from '../../../local/studio/run.ts';
import { createRuns } from '../../../local/studio/runs.ts';
import { NOW } from './studio-world.ts';

const RETURNED: Run = { at: NOW, acceptedAt: NOW, sqsMessageId: 'sqs-1', fate: 'returned', reason: 'metronome_unavailable', cause: 'metronome_unavailable', usage: [], receiveCount: 1, mappingVersion: 'v', body: '{}', encoding: 'text' };
const MINUTE_MS = 60_000;

function detailOf(run: Run, deps: Partial<DetailDeps> = {}) {
  const runs = createRuns({ maxRuns: 10, maxBytes: 1_000 });
  runs.add(run);
  const [kept] = runs.before(Number.POSITIVE_INFINITY);
  if (kept === undefined) throw new Error('no run was kept');
  return eventDetail(kept, {
    runs,
    liveEvent: createLiveEvents(() => undefined),
    ofVersion: () => undefined,
    services: { evaluate: () => ({ fate: { kind: 'filtered' }, usage: [] }) },
    retryDelaysMinutes: [6, 12],
    ...deps,
  });
}

describe('when a returned event comes back', () => {
  it.each<readonly [ReturnCause, receiveCount: number, fromMs: number, toMs: number]>([
    ['metronome_unavailable', 1, 6 * MINUTE_MS, 7.5 * MINUTE_MS],
    ['token_refused', 2, 12 * MINUTE_MS, 15 * MINUTE_MS],
    ['token_refused', 9, 12 * MINUTE_MS, 15 * MINUTE_MS],
    ['rate_limited', 1, 15_000, 120_000],
    ['deadline', 1, 2_000, 10_000],
  ])('is told by its cause and its receives: %s, %d', (cause, receiveCount, fromMs, toMs) => {
    expect(detailOf({ ...RETURNED, cause, reason: cause, receiveCount }).comesBack).toEqual({ from: NOW + fromMs, to: NOW + toMs });
  });

  it('is not told of an event with a fate, nor of a return before this start, nor where the delays are not known', () => {
    expect(detailOf({ ...RETURNED, fate: 'delivered', reason: undefined, cause: undefined }).comesBack).toBeUndefined();
    expect(detailOf({ ...RETURNED, cause: undefined }).comesBack).toBeUndefined();
    expect(detailOf(RETURNED, { retryDelaysMinutes: undefined }).comesBack).toBeUndefined();
  });
});
