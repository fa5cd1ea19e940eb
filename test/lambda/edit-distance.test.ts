import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { editDistance } from '../../lambda/edit-distance.ts';

const shortText = fc.string({ maxLength: 12 });

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['paused', 'pausd', 1],
    ['ab', 'ba', 2],
  ])('from %j to %j is %i', (from, to, expected) => {
    expect(editDistance(from, to)).toBe(expected);
  });

  it('is a distance: zero for itself alone, the same both ways, never longer through a third', () => {
    fc.assert(
      fc.property(shortText, shortText, shortText, (a, b, c) => {
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});
