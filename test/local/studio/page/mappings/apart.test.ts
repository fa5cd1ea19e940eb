import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { placeOf, putTogether, takeApart } from '../../../../../local/studio/page/mappings/apart.ts';

const FILE = readFileSync(new URL('../../../../../mappings.json', import.meta.url), 'utf8');

function apartOf(text: string) {
  const apart = takeApart(text);
  if (apart === undefined) throw new Error('The text could not be taken apart.');
  return apart;
}

describe('takeApart and putTogether', () => {
  it('gives the very file back', () => {
    expect(putTogether(apartOf(FILE))).toBe(FILE);
  });

  it('changes no value of any list', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.constantFrom(0, 2, '\t'), (mappings, indent) => {
        const text = JSON.stringify({ $schema: './s.json', mappings, after: [1] }, null, indent);

        expect(JSON.parse(putTogether(apartOf(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['\u2028', '\u2029'])('leaves a text as it is whose %j other tools take for the end of a line', (separator) => {
    const text = JSON.stringify({ mappings: [{ name: `a${separator}b` }] }, undefined, 2);

    expect(JSON.parse(putTogether(apartOf(text)))).toEqual(JSON.parse(text));
  });

  it('is the same when done twice', () => {
    const once = putTogether(apartOf('{"mappings":[{"name":"A"},{\n"name":"B"}], "x": 12345678901234567890}'));

    expect(putTogether(apartOf(once))).toBe(once);
  });

  it.each(['', '{', '[]', '{}', '{"mappings": {}}', 'null'])('takes %j for no list of mappings', (text) => {
    expect(takeApart(text)).toBeUndefined();
  });

  it('carries an entry that is no JSON yet', () => {
    const apart = { ...apartOf(FILE), entries: ['{"name": ', '{"name": "B"}'] };

    expect(putTogether(apart)).toContain('    {"name": ,\n    {"name": "B"}');
  });
});

describe('placeOf', () => {
  it('finds every character of every entry', () => {
    const apart = { head: '{\n  "mappings": ', entries: ['{\n  "name": "A"\n}', '', '{\n\n  "b": 1\n}'], tail: '\n}\n' };
    const text = putTogether(apart);
    for (const [entry, entryText] of apart.entries.entries()) {
      for (const offset of entryText.matchAll(/[^\s{}]/gu).map(({ index }) => index)) {
        const places = [...text].flatMap((_, at) => placeOf(apart, at) ?? []).filter((place) => place.entry === entry && place.offset === offset);

        expect(places.length).toBeGreaterThan(0);
      }
    }
    const at = text.indexOf('"b"');

    expect(placeOf(apart, at)).toEqual({ entry: 2, offset: apart.entries[2]?.indexOf('"b"') });
  });

  it('finds none behind the list', () => {
    expect(placeOf(apartOf(FILE), FILE.length)).toBeUndefined();
  });
});
