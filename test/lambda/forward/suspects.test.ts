import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { returnDelaySeconds } from '../../../lambda/forward/backoff.ts';
import { isSuspect, scatterSeconds, suspectGroups } from '../../../lambda/forward/suspects.ts';
import { NOW, queuedOf } from './factories.ts';

const TIMES = { retryDelaysMinutes: [6, 12, 24, 48, 60], visibilityTimeoutSeconds: 360 };
const MINUTE_MS = 60_000;

function received(receiveCount: number, minutesSinceFirst: number) {
  return queuedOf('{}', { receiveCount, firstReceivedAt: NOW - minutesSinceFirst * MINUTE_MS });
}

describe('isSuspect', () => {
  it.each([
    ['came for the first time', 1, 0, false],
    ['was in one run that died', 2, 6, false],
    ['was in two', 3, 12, true],
    ['was in ten', 11, 60, true],
    ['was scattered by a run that died', 4, 12 + 3, true],
    ['came back after its back-off', 3, 18, false],
    ['came back later than that, after a backlog', 3, 500, false],
    ['came back after short delays', 6, 1, false],
    ['was asked to slow down nine times', 10, 9 * 1.2, false],
  ])('tells an event that %s', (_, receiveCount, minutes, suspect) => {
    expect(isSuspect(received(receiveCount, minutes), NOW, TIMES)).toBe(suspect);
  });

  it('never suspects an event that only ever was returned', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('metronome_unavailable', 'token_refused', 'configuration', 'ledger_unavailable', 'internal'), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1000)), { minLength: 1, maxLength: 40 }), (returns) => {
        const seconds = returns.reduce((sum, [cause, random, waiting], index) => sum + waiting + returnDelaySeconds(cause as 'internal', index + 1, TIMES.retryDelaysMinutes, random), 0);
        expect(isSuspect(received(returns.length + 1, seconds / 60), NOW, TIMES)).toBe(false);
      }),
    );
  });
});

describe('scatterSeconds', () => {
  it.each([
    [60, 0, 180],
    [60, 1, 360],
    [300, 0.5, 330],
    [360, 1, 360],
    [400, 0.5, 400],
  ])('hides for longer than a run of %d s lasts (chance %d): %d s', (timeout, random, seconds) => {
    expect(scatterSeconds(TIMES, timeout, random)).toBe(seconds);
  });
});

describe('suspectGroups', () => {
  const suspects = (count: number, receiveCount = 3) => Array.from({ length: count }, (_, index) => queuedOf('{}', { sqsMessageId: `sqs-${index}`, receiveCount }));

  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [20, 20, 1],
    [21, 11, 2],
    [1000, 20, 50],
  ])('makes of %d suspects %d groups of at most %d', (count, groups, size) => {
    const made = suspectGroups(suspects(count));

    expect(made).toHaveLength(groups);
    expect(Math.max(0, ...made.map((group) => group.length))).toBe(size);
    expect(new Set(made.flat()).size).toBe(count);
  });

  it('puts those first that were in the fewest crashes', () => {
    const [first = [], second = []] = suspectGroups([queuedOf('{}', { sqsMessageId: 'old', receiveCount: 9 }), queuedOf('{}', { sqsMessageId: 'new', receiveCount: 3 })]);

    expect([...first, ...second].map(({ sqsMessageId }) => sqsMessageId)).toEqual(['new', 'old']);
  });

  it('draws another order at each receive', () => {
    const order = (receiveCount: number) => suspectGroups(suspects(40, receiveCount)).flat().map(({ sqsMessageId }) => sqsMessageId);

    expect(order(3)).toEqual(order(3));
    expect(order(4)).not.toEqual(order(3));
  });
});
