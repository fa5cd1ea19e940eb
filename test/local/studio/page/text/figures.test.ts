import { describe, expect, it } from '@jest/globals';

import { count, size, span } from '../../../../../local/studio/page/text/figures.ts';

describe('span', () => {
  it.each([
    [-5, '0 ms'],
    [340, '340 ms'],
    [1_249, '1.2 s'],
    [61_000, '61 s'],
    [180_000, '3 min'],
    [3 * 3_600_000, '3 h'],
    [12 * 86_400_000, '12 days'],
  ])('tells %i ms as %s', (milliseconds, text) => {
    expect(span(milliseconds)).toBe(text);
  });
});

describe('count and size', () => {
  it('tell figures with their noun or unit', () => {
    expect([count(1, 'event'), count(2_000, 'event'), size(840), size(12_345)]).toEqual(['1 event', '2,000 events', '840 B', '12.3 KB']);
  });
});
