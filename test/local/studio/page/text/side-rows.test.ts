import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { hunks, lineDiff } from '../../../../../local/studio/page/text/line-diff.ts';
import { sideRows } from '../../../../../local/studio/page/text/side-rows.ts';
import type { Piece, SideRow } from '../../../../../local/studio/page/text/side-rows.ts';

const lines = fc.array(fc.constantFrom('a', 'ab', 'b c', '😀', ''), { maxLength: 12 }).map((some) => some.join('\n'));

function sides(before: string, after: string): readonly SideRow[] {
  return sideRows(hunks(lineDiff(before, after), 3));
}

function textOf(pieces: readonly Piece[] | undefined): readonly string[] {
  return pieces === undefined ? [] : [pieces.map(({ text }) => text).join('')];
}

describe('sideRows', () => {
  it('holds each text on its own side, whole and in order', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const rows = sideRows(lineDiff(before, after));
        const side = (name: 'before' | 'after'): string => rows.flatMap((row) => (row.kind === 'changed' ? textOf(row[name]) : row.kind === 'same' ? [row.text] : [])).join('\n');

        expect([side('before'), side('after')]).toEqual([before, after]);
      }),
    );
  });

  it('puts a line beside the one that stands for it, and marks what differs', () => {
    expect(sides('{\n  "name": "theirs",\n}', '{\n  "name": "mine",\n}')).toEqual([
      { kind: 'same', text: '{' },
      {
        kind: 'changed',
        before: [{ text: '  "name": "', isChanged: false }, { text: 'theirs', isChanged: true }, { text: '",', isChanged: false }],
        after: [{ text: '  "name": "', isChanged: false }, { text: 'mine', isChanged: true }, { text: '",', isChanged: false }],
      },
      { kind: 'same', text: '}' },
    ]);
  });

  it('marks nothing in lines that share their indent alone', () => {
    expect(sides('  one', '  two')).toEqual([{ kind: 'changed', before: [{ text: '  one', isChanged: false }], after: [{ text: '  two', isChanged: false }] }]);
  });

  it('leaves a side empty where the other text has more lines', () => {
    expect(sides('a', 'a\nb')).toEqual([{ kind: 'same', text: 'a' }, { kind: 'changed', after: [{ text: 'b', isChanged: false }] }]);
    expect(sides('a\nb', 'a')).toEqual([{ kind: 'same', text: 'a' }, { kind: 'changed', before: [{ text: 'b', isChanged: false }] }]);
  });

  it('never cuts through a character', () => {
    expect(sides('x😀', 'x😁')).toEqual([
      { kind: 'changed', before: [{ text: 'x', isChanged: false }, { text: '😀', isChanged: true }], after: [{ text: 'x', isChanged: false }, { text: '😁', isChanged: true }] },
    ]);
  });
});
