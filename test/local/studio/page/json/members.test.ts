import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { membersAt, withMember } from '../../../../../local/studio/page/json/members.ts';

describe('membersAt', () => {
  it.each([
    ['{"a": 1, "b": {"c": [2, 3]}}', [['a', '1'], ['b', '{"c": [2, 3]}']]],
    ['[1, [2], {"a": 3}]', [['0', '1'], ['1', '[2]'], ['2', '{"a": 3}']]],
    [String.raw`{"\u0061": "}"}`, [['a', '"}"']]],
    ['{}', []],
    ['[ ]', []],
    ['"text"', []],
  ])('finds the members of %s', (text, members) => {
    expect(membersAt(text).map(({ key, valueFrom, to }) => [key, text.slice(valueFrom, to)])).toEqual(members);
  });
});

describe('withMember', () => {
  it.each([
    ['replaces a value', '{"name": "A", "enabled": true}', 'enabled', 'false', '{"name": "A", "enabled": false}'],
    ['adds behind the first member', '{\n  "name": "A",\n  "x": 1\n}', 'enabled', 'false', '{\n  "name": "A",\n  "enabled": false,\n  "x": 1\n}'],
    ['adds to an empty object', '{}', 'name', '"A"', '{\n  "name": "A"\n}'],
  ])('%s', (_, text, key, value, expected) => {
    expect(withMember(text, key, value)).toBe(expected);
  });

  it('sets that one member of any object and no other', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (object, key) => {
        const changed: unknown = JSON.parse(withMember(JSON.stringify(object), key, '"new"'));

        expect(changed).toEqual({ ...JSON.parse(JSON.stringify(object)), [key]: 'new' });
      }),
    );
  });
});
