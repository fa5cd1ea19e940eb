import { describe, expect, it } from '@jest/globals';

import type { LiveEvent } from '../../../../../local/studio/api.ts';
import { causeWords } from '../../../../../local/studio/page/live/cause-words.ts';
import { isLastAmong, lastRun, newestRun, rootOf } from '../../../../../local/studio/page/live/same-event.ts';

function run(seq: number, sqsMessageId: string, changed: Partial<LiveEvent> = {}): LiveEvent {
  return { seq, at: 0, acceptedAt: 0, sqsMessageId, fate: 'returned', mappings: [], receiveCount: 1, ...changed };
}

const FIRST = run(1, 'a');
const RETRIED = run(3, 'a', { receiveCount: 2 });
const REPLAYED = run(5, 'c', { replayOf: 'a' });
const OTHER = run(4, 'b');

describe('the runs of an event', () => {
  it.each([
    ['nothing', [], 0],
    ['others', [OTHER], 0],
    ['its retry', [FIRST, RETRIED, OTHER], 3],
    ['its replay, in any order', [REPLAYED, OTHER, FIRST], 5],
  ])('are found among %s', (_, some, newest) => {
    expect(newestRun(some, rootOf(FIRST))).toBe(newest);
  });

  it('tell which of them is the last', () => {
    const some = [FIRST, RETRIED, OTHER];

    expect([FIRST, RETRIED, OTHER, REPLAYED].map(({ seq }) => isLastAmong(some, seq))).toEqual([false, true, true, false]);
    expect(lastRun({ event: FIRST, runs: [FIRST, RETRIED] })).toBe(RETRIED);
    expect(lastRun({ event: FIRST, runs: [] })).toBe(FIRST);
  });
});

describe('causeWords', () => {
  it.each(['metronome_unavailable', 'token_refused', 'internal'])('has words for %s', (cause) => {
    expect(causeWords(cause)).toMatch(/^[A-Z].+\.$/);
  });

  it.each([undefined, 'missing_field', 'constructor', ''])('has none for %s', (reason) => {
    expect(causeWords(reason)).toBeUndefined();
  });
});
