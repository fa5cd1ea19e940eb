import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { rawElements, rawMember } from '../../../local/sandbox/raw-json.ts';

const spaces = [undefined, 1, '\t'];

describe('rawElements', () => {
  it.each([
    ['[]', []],
    [' [ ] ', []],
    ['[1.50, -0,1e400]', ['1.50', '-0', '1e400']],
    ['[ {"a":[1,2]} ,\n"x,]\\"," ]', ['{"a":[1,2]}', '"x,]\\","']],
    [String.raw`["\\",[[]],{}]`, [String.raw`"\\"`, '[[]]', '{}']],
  ])('cuts %s', (text, elements) => {
    expect(rawElements(text)).toEqual(elements);
  });

  it('cuts every array into texts that mean its elements', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(...spaces), (values, space) => {
        const text = JSON.stringify(values, null, space);
        expect(rawElements(text).map((element) => JSON.parse(element))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('rawMember', () => {
  it.each([
    ['{}', undefined],
    ['{"other":1}', undefined],
    ['{"deep":{"key":1}}', undefined],
    ['{"key":1.0}', '1.0'],
    ['{ "a" : "key" , "key" : { "n": 1e2 } }', '{ "n": 1e2 }'],
    [String.raw`{"k\u0065y":2}`, '2'],
    ['{"key":1,"key":2}', '2'],
    ['{"key":"a:b"}', '"a:b"'],
  ])('of %s is %s', (text, value) => {
    expect(rawMember(text, 'key')).toBe(value);
  });

  it('finds every member of every object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(...spaces), (object, space) => {
        const text = JSON.stringify(object, null, space);
        for (const [key, value] of Object.entries<unknown>(JSON.parse(text))) expect(JSON.parse(rawMember(text, key) ?? '')).toEqual(value);
      }),
    );
  });
});
