import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { summaryOf } from '../../../bench/performance/statistics.ts';

describe('summaryOf', () => {
  it.each([
    ['one value', [7], { median: 7, low: 7, high: 7, samples: 1 }],
    ['an odd number of values, in any order', [9, 1, 5], { median: 5, low: 3, high: 7, samples: 3 }],
    ['an even number, between its two in the middle', [4, 1, 2, 3], { median: 2.5, low: 1.75, high: 3.25, samples: 4 }],
    ['one that is far off, which moves nothing', [1, 2, 3, 4, 1e9], { median: 3, low: 2, high: 4, samples: 5 }],
  ])('finds the middle of %s', (_, values, summary) => {
    expect(summaryOf(values)).toEqual(summary);
  });

  it('keeps what was measured between its bounds, and the given values as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const before = [...values];

        const { median, low, high } = summaryOf(values);

        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        expect(values).toEqual(before);
      }),
    );
  });

  it('refuses to sum up nothing', () => {
    expect(() => summaryOf([])).toThrow('Nothing was measured');
  });
});
