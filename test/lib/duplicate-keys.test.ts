import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { duplicateKeys } from '../../lib/duplicate-keys.ts';

describe('duplicateKeys', () => {
  it.each([
    ['{"a": 1, "a": 2}', [{ key: 'a', path: [] }]],
    ['{"a": 1, "\\u0061": 2}', [{ key: 'a', path: [] }]],
    ['{"a": {"b": 1}, "b": [{"c": 1}, {"c": 1, "d": "}", "c": 2}]}', [{ key: 'c', path: ['b', 1] }]],
    ['{"a": 1, "a": {"b": 1, "b": 2}}', [{ key: 'a', path: [] }, { key: 'b', path: ['a'] }]],
    ['{"": 1, "": 2, "x": [[], {"y": 1}, {"y": 2}]}', [{ key: '', path: [] }]],
    ['{"__proto__": 1, "__proto__": 2}', [{ key: '__proto__', path: [] }]],
    ['{"a": "a", "b": "\\"a\\": {", "c": ["a", "a"]}', []],
    ['["a", "a"]', []],
    ['"a"', []],
  ])('of %s', (json, expected) => {
    expect(duplicateKeys(json)).toEqual(expected);
  });

  it('are none in what JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.nat(3), (value, spaces) => {
      expect(duplicateKeys(JSON.stringify(value, null, spaces))).toEqual([]);
    }));
  });

  it('are found wherever one is written once more, however it is escaped', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });

    fc.assert(fc.property(fc.array(fc.jsonValue(), { maxLength: 3 }), object, fc.nat(), fc.boolean(), (before, members, pick, isEscaped) => {
      const keys = Object.keys(members);
      const key = keys[pick % keys.length] ?? '';
      const again = isEscaped ? `"${[...key].flatMap((char) => char.split('')).map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"` : JSON.stringify(key);
      const json = JSON.stringify([...before, members]).replace(/\}\]$/, () => `, ${again}: 1}]`);

      expect(duplicateKeys(json)).toEqual([{ key, path: [before.length] }]);
    }));
  });
});
