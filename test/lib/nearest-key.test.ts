import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { editDistance, nearestKey, suggestKey } from '../../lib/nearest-key.ts';

const KNOWN = ['archiveDays', 'quarantineDays', 'paused'];
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

describe('nearestKey', () => {
  it.each([
    ['arhiveDays', 'archiveDays'],
    ['archive-days', 'archiveDays'],
    ['ARCHIVE_DAYS', 'archiveDays'],
    ['pause', 'paused'],
    ['region', undefined],
  ])('of %j is %j', (key, expected) => {
    expect(nearestKey(key, KNOWN, 2)).toBe(expected);
  });

  it('prefers the closer of two', () => {
    expect(nearestKey('abcd', ['abxx', 'abcx'], 2)).toBe('abcx');
  });
});

describe('suggestKey', () => {
  it('asks for the likely key', () => {
    expect(suggestKey('quarantine', KNOWN, (key) => `"${key}"`)).toBe('did you mean "quarantineDays"?');
  });

  it('lists all keys when none is close', () => {
    expect(suggestKey('zzz', KNOWN, (key) => `-c ${key}`)).toBe('known are -c archiveDays, -c quarantineDays, -c paused');
  });
});
