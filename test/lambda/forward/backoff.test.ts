import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { returnDelaySeconds, SHORT_DELAYS_UNTIL_RECEIVE } from '../../../lambda/forward/backoff.ts';
import type { ReturnCause } from '../../../lambda/forward/fate.ts';
import { SQS_MAX_VISIBILITY_SECONDS } from '../../../lambda/limits.ts';

const MINUTES = [6, 12, 24, 48, 60];
const CAUSES: readonly ReturnCause[] = [
  'configuration', 'token_not_set', 'token_refused', 'rate_limited', 'metronome_unavailable',
  'unproven_refusal', 'split_limit', 'deadline', 'ledger_unavailable', 'internal',
];

describe('returnDelaySeconds', () => {
  it.each([
    [1, 0, 360],
    [1, 1, 450],
    [2, 0, 720],
    [3, 0, 1_440],
    [4, 0.5, 3_240],
    [5, 0, 3_600],
    [6, 0, 3_600],
    [300, 1, 4_500],
  ])('at receive %i with random %d, an outage waits %i s', (receiveCount, random, seconds) => {
    expect(returnDelaySeconds('metronome_unavailable', receiveCount, MINUTES, random)).toBe(seconds);
  });

  it.each<[ReturnCause, number, number]>([
    ['rate_limited', 15, 120],
    ['deadline', 2, 10],
    ['split_limit', 2, 10],
  ])('%s waits %i to %i s at first, and later as in an outage', (cause, shortest, longest) => {
    for (const receiveCount of [1, 2, SHORT_DELAYS_UNTIL_RECEIVE]) {
      expect(returnDelaySeconds(cause, receiveCount, MINUTES, 0)).toBe(shortest);
      expect(returnDelaySeconds(cause, receiveCount, MINUTES, 1)).toBe(longest);
    }
    expect(returnDelaySeconds(cause, SHORT_DELAYS_UNTIL_RECEIVE + 1, MINUTES, 0)).toBe(3_600);
  });

  it.each(CAUSES.filter((cause) => !['rate_limited', 'deadline', 'split_limit'].includes(cause)))('%s waits as in an outage', (cause) => {
    expect(returnDelaySeconds(cause, 2, MINUTES, 0)).toBe(720);
  });

  it.each([
    [[0.2, 0.5], 1, 12],
    [[0.2, 0.5], 9, 30],
    [[0], 1, 1],
    [[], 1, 1],
    [[100_000], 1, SQS_MAX_VISIBILITY_SECONDS],
  ])('with the delays %j, receive %i waits %i s', (minutes, receiveCount, seconds) => {
    expect(returnDelaySeconds('internal', receiveCount, minutes, 0)).toBe(seconds);
  });

  it('is always a whole number that SQS takes, and never none', () => {
    const minutes = fc.array(fc.double({ min: -10, max: 1e9, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...CAUSES), fc.integer({ min: 0, max: 10_000 }), minutes, fc.double({ min: 0, max: 1, noNaN: true }), (...given) => {
        const seconds = returnDelaySeconds(...given);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(SQS_MAX_VISIBILITY_SECONDS);
      }),
    );
  });

  it('never waits shorter for one more receive', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (receiveCount) => {
        const [wait = 0, nextWait = 0] = [receiveCount, receiveCount + 1].map((count) => returnDelaySeconds('internal', count, MINUTES, 0));
        expect(nextWait).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});
