import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { laidOut } from '../../../../../local/studio/page/json/laid-out.ts';
import { jsonLines } from '../../../../../local/studio/page/json/lines.ts';

function faultyLines(text: string, faultPath: string): readonly string[] {
  return [...jsonLines(text, faultPath)].filter(({ isFault }) => isFault).map(({ tokens }) => tokens.map((token) => token.text).join(''));
}

describe('jsonLines', () => {
  it('lays JSON out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        // Numbers keep how they are written, so only what JSON.stringify wrote itself can be compared.
        const own = JSON.stringify(value);

        expect(laidOut(own)).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps digits, escapes and repeated keys as they came', () => {
    expect(laidOut(String.raw`{"a":12345678901234567890.10,"a":"\u202e","b":1E5}`)).toBe(
      ['{', '  "a": 12345678901234567890.10,', String.raw`  "a": "\u202e",`, '  "b": 1E5', '}'].join('\n'),
    );
  });

  it.each([
    ['/a/b', '{"a":{"b":null,"c":1},"b":2}', ['"b": null,']],
    ['/a', '{"a":{"b":1},"c":2}', ['"a": {', '"b": 1', '},']],
    ['/list/1', '{"list":[1,2,[1,3]]}', ['2,']],
    ['/list/2/1', '{"list":[1,2,[1,3]]}', ['3']],
    ['/a~1b/~0', '{"a/b":{"~":1},"a":{"b":{"~":2}}}', ['"~": 1']],
    ['/a', '{"a":{},"b":[]}', ['"a": {},']],
    ['', '[1]', ['[', '1', ']']],
    ['/missing', '{"a":1}', []],
  ])('marks the value at %j of %s', (faultPath, text, lines) => {
    expect(faultyLines(text, faultPath)).toEqual(lines);
  });

  it('reads no further than it is asked to, however deep the text is', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

    expect([...jsonLines(deep, '/0/0').take(3)].map(({ depth }) => depth)).toEqual([0, 1, 2]);
  });
});

describe('laidOut', () => {
  it.each(['no JSON', '', '{"a":'])('leaves %j as it is', (text) => {
    expect(laidOut(text)).toBe(text);
  });
});
