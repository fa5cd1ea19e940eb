import { describe, expect, it } from '@jest/globals';

import { nearestKey, suggestKey } from '../../lib/nearest-key.ts';

const KNOWN = ['archiveDays', 'quarantineDays', 'paused'];

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
