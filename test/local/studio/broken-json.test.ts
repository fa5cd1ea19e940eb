import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { brokenJson } from '../../../local/studio/broken-json.ts';

describe('brokenJson', () => {
  it.each([
    ['{"mappings": [\n  {"name": "x", ]\n}', 'It is not JSON: look at line 2, column 17, before "]". A comma, quote or bracket is missing or too much there.'],
    ['{\n  "name": "x"\n  "trigger": ""\n}', 'It is not JSON: look at line 3, column 3, before "trigger". A comma, quote or bracket is missing or too much there.'],
    ['{"name": x}', 'It is not JSON: look at line 1, column 10, before "x". A comma, quote or bracket is missing or too much there.'],
    ['{"mappings": [', 'It is not JSON: it ends too early, at line 1, column 15. A closing quote or bracket is missing.'],
    ['{"name": "a\\qb"}', 'It is not JSON: look at line 1, column 10, before "a\\qb". A comma, quote or bracket is missing or too much there.'],
    ['', 'It is empty.'],
    [' \n', 'It is empty.'],
  ])('says of %j where to look', (text, sentence) => {
    expect(brokenJson(text)).toBe(sentence);
  });

  it('says nothing of JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => brokenJson(text) === undefined));
  });

  it('says something of whatever is cut off, and never what the engine says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);

        expect(brokenJson(text.slice(0, cut % text.length))).toMatch(/^It is (?:empty\.|not JSON: .* (?:missing|there)\.)$/s);
      }),
    );
  });
});
