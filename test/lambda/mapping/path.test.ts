import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compileKeys, splitPath, walk } from '../../../lambda/mapping/path.ts';
import { deepFreeze } from './vectors.ts';

describe('splitPath', () => {
  it.each([
    ['', []],
    ['.', []],
    ['$.', []],
    ['$', ['$']],
    ['$.event', ['event']],
    ['event', ['event']],
    ['a.$.b.$.c', ['a', 'b', '$', 'c']],
    ['a..b.', ['a', 'b']],
    ['a[0].b', ['a', '0', 'b']],
    ['a[0][1]', ['a', '0', '1']],
    ['a[0]]]b', ['a', '0', 'b']],
    ["a['k k']", ['a', 'k k']],
    ['a["k"]', ['a', 'k']],
    ["a['k.l']", ['a', 'k', 'l']],
    ["['']", ['']],
    ['a[b]', ['a[b]']],
    ['a[b0]', ['a[b0']],
    ['a[*]', ['a[*]']],
    ['a[-1]', ['a[-1']],
    ["it's", ['its']],
    [' a ', [' a ']],
  ])('splits %j', (path, keys) => {
    expect(splitPath(path)).toEqual(keys);
  });
});

describe('compileKeys', () => {
  const event: unknown = deepFreeze({ text: 'abc', list: [10, [11]], zero: 0, no: false, empty: '', none: null, yes: true, deep: { a: { b: { c: 'd' } } } });

  it.each([
    ['$.deep.a.b.c', 'd'],
    ['$.deep.a.b', { c: 'd' }],
    ['$.list[1][0]', 11],
    ['$.list.length', 2],
    ['$.list.at', undefined],
    ['$.text.length', 3],
    ['$.text[1]', 'b'],
    ['$.text[3]', undefined],
    ['$.text.01', undefined],
    ['$.text.-1', undefined],
    ['$.text.at', undefined],
    ['$.none.x.y', null],
    ['$.zero.x', 0],
    ['$.no.x', false],
    ['$.empty.length', ''],
    ['$.yes.x', undefined],
    ['$.yes.constructor', undefined],
    ['$.missing.x', undefined],
    ['$.constructor', undefined],
    ['$.constructor.name', undefined],
    ['$.__proto__', undefined],
    ['$.deep.__proto__.toString', undefined],
    ['$.text.constructor.name', undefined],
  ])('finds at %j: %j', (path, value) => {
    expect(compileKeys(splitPath(path))(event)).toEqual(value);
  });

  it('reads members an event owns, whatever their names', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": {"name": "c"}, "toString": "t"}');
    expect(compileKeys(splitPath('$.__proto__.a'))(hostile)).toBe(1);
    expect(compileKeys(splitPath('$.constructor.name'))(hostile)).toBe('c');
    expect(compileKeys(splitPath('$.toString'))(hostile)).toBe('t');
    expect(compileKeys(splitPath('$.a'))(hostile)).toBeUndefined();
  });

  it('is a walk over the split keys, and never gives a function or a prototype', () => {
    const name = fc.constantFrom('a', 'b', '0', 'length', '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'at', 'name', 'hasOwnProperty');
    const tree = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, fc.jsonValue(), fc.array(tie('node'), { maxLength: 3 }), fc.dictionary(name, tie('node'))),
    })).node;
    const inText = tree.map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(inText, fc.array(name, { maxLength: 5 }), (text, keys) => {
        const value: unknown = JSON.parse(text);
        const found = compileKeys(splitPath(keys.join('.')))(value);
        expect(found).toBe(walk(value, splitPath(keys.join('.'))));
        expect(typeof found).not.toBe('function');
        expect([Object.prototype, Array.prototype, String.prototype]).not.toContain(found);
        if (typeof found === 'object') expect(text).toContain(JSON.stringify(found));
      }),
      { numRuns: 1000 },
    );
  });
});
