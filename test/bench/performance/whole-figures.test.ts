import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { benchEvent } from '../../../bench/performance/events.ts';
import type { BenchEvent } from '../../../bench/performance/events.ts';
import { MAPPING_CASES } from '../../../bench/performance/mapping-cases.ts';
import { WrongAnswer } from '../../../bench/performance/same-answer.ts';
import { eventsPerSecond, lagsOf, percentile } from '../../../bench/performance/whole-figures.ts';
import type { Taken } from '../../../bench/performance/whole-metronome.ts';

const AT = Date.UTC(2026, 0, 15, 12);
const one = benchEvent(1, 500, AT);
const two = benchEvent(2, 500, AT);
const three = benchEvent(3, 500, AT);

/** As Metronome would have them: each event billed as it should be, at that time. */
function takenAt(times: readonly (readonly [BenchEvent, number])[]): Map<string, Taken> {
  return new Map(times.map(([event, at]) => [event.messageId, { usage: MAPPING_CASES.default.expected(event), at }]));
}

describe('lagsOf', () => {
  it('counts from the answer of its own webhook, for each event', () => {
    const answered = [{ at: 1_000, tries: 1, events: [one, two] }, { at: 2_000, tries: 1, events: [three] }];

    const lags = lagsOf(answered, takenAt([[three, 2_500], [two, 1_300], [one, 1_100]]));

    expect(lags).toEqual([100, 300, 500]);
  });

  it('may be negative: Metronome can be told before the webhook is answered', () => {
    expect(lagsOf([{ at: 1_000, tries: 1, events: [one] }], takenAt([[one, 990]]))).toEqual([-10]);
  });

  it.each([
    ['was never billed', takenAt([[one, 0]])],
    ['was billed as another', new Map([...takenAt([[one, 0]]), [two.messageId, { usage: MAPPING_CASES.default.expected(three), at: 0 }]])],
    ['was billed though nobody sent it', takenAt([[one, 0], [two, 0], [three, 0]])],
  ])('refuses to time a run in which an event %s', (_, taken) => {
    expect(() => lagsOf([{ at: 0, tries: 1, events: [one, two] }], taken)).toThrow(WrongAnswer);
  });
});

describe('percentile', () => {
  it.each([
    ['the only one', [7], 0.99, 7],
    ['the lower of two in the middle', [4, 1, 3, 2], 0.5, 2],
    ['the 99th of 100', Array.from({ length: 100 }, (_, index) => 100 - index), 0.99, 99],
    ['all', [3, 1, 2], 1, 3],
  ])('is a measured value: %s', (_, values, share, value) => {
    expect(percentile(values, share)).toBe(value);
  });

  it('has at least its share of all at or below it, and less below any smaller one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const value = percentile(values, share);

        expect(values.filter((each) => each <= value).length).toBeGreaterThanOrEqual(values.length * share);
        expect(values.filter((each) => each < value).length).toBeLessThan(values.length * share);
      }),
    );
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('Nothing was measured');
  });
});

describe('eventsPerSecond', () => {
  it('leaves out the last tenth, which waits for a batch to fill', () => {
    const steady = Array.from({ length: 90 }, (_, index) => 1_010 + index * 10);
    const late = Array.from({ length: 10 }, () => 60_000);

    expect(eventsPerSecond(1_000, [...late, ...steady])).toBe(100);
  });
});
