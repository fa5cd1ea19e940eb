import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { hunks, lineDiff } from '../../../../../local/studio/page/text/line-diff.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((some) => some.join('\n'));

describe('lineDiff', () => {
  it('holds both texts, line by line', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        const without = (kind: string): string => diff.filter((line) => line.kind !== kind).map(({ text }) => text).join('\n');

        expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('keeps what both have', () => {
    expect(lineDiff('a\nb\nc', 'a\nx\nc')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: 'c' },
    ]);
  });

  it('takes what is too long to compare as one block', () => {
    const numbered = (sign: string): string => Array.from({ length: 3_000 }, (_, index) => `${sign}${index}`).join('\n');

    expect(lineDiff(numbered('a'), numbered('b'))).toHaveLength(6_000);
  });
});

describe('hunks', () => {
  it('leaves out what is far from a change, and says how much', () => {
    const before = Array.from({ length: 9 }, (_, index) => String(index)).join('\n');

    expect(hunks(lineDiff(before, before.replace('4', 'x')), 1)).toEqual([
      { kind: 'gap', lines: 3 },
      { kind: 'same', text: '3' },
      { kind: 'removed', text: '4' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: '5' },
      { kind: 'gap', lines: 3 },
    ]);
  });
});
