import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { leastChange } from '../../../../../local/studio/page/editor/least-change.ts';

function changed(before: string, after: string): string {
  return [leastChange(before, after)].flat().toReversed().reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), before);
}

describe('leastChange', () => {
  it('makes one text the other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.jsonValue(), fc.nat(8), (before, after, value, indent) => {
        const json = JSON.stringify(value);

        expect(changed(before, after)).toBe(after);
        expect(changed(before + after, before)).toBe(before);
        expect(changed(json, JSON.stringify(value, undefined, indent))).toBe(JSON.stringify(value, undefined, indent));
      }),
    );
  });

  it.each([
    ['a letter more', '{"name":"al"}', '{"name":"all"}', { from: 11, to: 11, insert: 'l' }],
    ['another word', 'type = "track"', 'type = "page"', { from: 8, to: 13, insert: 'page' }],
    ['another layout', '{"a":1}', '{ "a": 1 }', [{ from: 1, to: 1, insert: ' ' }, { from: 5, to: 5, insert: ' ' }, { from: 6, to: 6, insert: ' ' }]],
    ['nothing', '{ }', '{ }', []],
  ])('touches no more than %s', (_, before, after, change) => {
    expect(leastChange(before, after)).toEqual(change);
  });
});
