import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compileMapping } from '../../../lambda/mapping/index.ts';
import { deepFreeze, DEFAULT_MAPPING } from './vectors.ts';

describe('compileMapping', () => {
  it.each([
    [{ a: { '@pth': '$.x' } }, '/a/@pth', 'unknown directive @pth. Did you mean @path?'],
    [{ a: { '@Path': '$.x' } }, '/a/@Path', 'Did you mean @path?'],
    [{ a: { '@arraypath': [] } }, '/a/@arraypath', 'Did you mean @arrayPath?'],
    [{ a: { '@': 1 } }, '/a/@', 'unknown directive @. Known are @path, @template,'],
    [{ a: [{ b: { '@bogus': 1 } }] }, '/a/0/b/@bogus', 'unknown directive @bogus'],
    [{ a: { '@template': '{{x}}' } }, '/a/@template', "uses @template, which this version of the bridge can't evaluate."],
    [{ a: [{ '@liquid': 'x' }] }, '/a/0/@liquid', "uses @liquid, which this version of the bridge can't evaluate."],
    [{ a: { '@path': { '@if': {} } } }, '/a/@path/@if', 'uses @if, which'],
    [{ __segment_internal_directive: { '@path': 'x' } }, '', "uses __segment_internal_directive, which this version of the bridge can't evaluate."],
    [{ a: { '@path': '$.x', raw: 1 } }, '/a', 'has @path beside raw'],
    [{ a: { '@path': '$.x', '@if': {} } }, '/a', 'has @path beside @if'],
    [{ '@path': '$.x', b: 1 }, '', "The mapping's root has @path beside b"],
    [{ 'a/b~c': { '@path': 5 } }, '/a~1b~0c/@path', 'must be text or a directive that gives text, but it is a number.'],
    [{ a: { '@path': null } }, '/a/@path', 'but it is null.'],
    [{ a: { '@path': { x: 1 } } }, '/a/@path', 'but it is an object.'],
    [{ a: [{ '@path': ['x'] }] }, '/a/0/@path', 'but it is an array.'],
    [JSON.parse('{"a": {"__proto__": {"b": 1}}}'), '/a', 'has a member named __proto__'],
    [{ a: { b: undefined } }, '/a/b', 'must be a JSON value, but it is nothing.'],
    [{ a: () => 1 }, '/a', 'must be a JSON value, but it is a function.'],
    [{ a: Number.NaN }, '/a', 'must be a JSON value'],
  ])('refuses %j, naming the place', (mapping: unknown, mappingPath, sentence) => {
    expect(() => compileMapping(mapping)).toThrow(
      expect.objectContaining({ name: 'MappingError', mappingPath, message: expect.stringContaining(sentence) }),
    );
  });

  it('throws for the event, without its values, when a directive gives a path that isn\'t text', () => {
    const map = compileMapping({ a: [{ '@path': { '@path': '$.where' } }] });
    expect(map({ where: '$.b', b: 1 })).toEqual({ a: [1] });
    expect(() => map({ where: { secret: 4711 } })).toThrow(
      "The mapping's /a/0/@path needs text as its path, but its directive gave an object for this event.",
    );
  });

  it.each([
    ['absent ones removed', { messageId: 'm' }, { transaction_id: 'm' }],
    ['nulls kept', { messageId: null, event: 'e' }, { transaction_id: null, event_type: 'e' }],
    ['all five', { messageId: 1, context: { groupId: 2 }, timestamp: 3, event: 4, properties: 5 }, { transaction_id: 1, customer_id: 2, timestamp: 3, event_type: 4, properties: 5 }],
  ])('maps the five fields: %s', (_, event, mapped) => {
    expect(compileMapping(DEFAULT_MAPPING)(event)).toStrictEqual(mapped);
  });

  it('gives frozen constants, so that no consumer can change the next event\'s', () => {
    const map = compileMapping({ properties: { tags: ['a'] }, id: { '@path': '$.id' } });
    const mapped = map({ id: 1 });
    expect(mapped).toStrictEqual({ properties: { tags: ['a'] }, id: 1 });
    expect(Object.values(mapped ?? {}).map((value) => Object.isFrozen(value) && Object.isFrozen(Object.values(value).at(0)))).toEqual([true, true]);
  });

  it('never throws for the default mapping, changes nothing, and gives only what the event holds', () => {
    const map = compileMapping(DEFAULT_MAPPING);
    const field = fc.constantFrom('messageId', 'context', 'groupId', 'timestamp', 'event', 'properties', '__proto__', 'constructor', 'toString');
    const json = fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()))));
    fc.assert(
      fc.property(json.map((value) => JSON.stringify(value)), (text) => {
        const event: unknown = deepFreeze(JSON.parse(text));
        const mapped = map(event);
        expect(JSON.stringify(event)).toBe(text);
        for (const value of Object.values(mapped ?? {})) expect(text).toContain(JSON.stringify(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('compiles any mapping of plain values to itself, or refuses it', () => {
    fc.assert(
      fc.property(fc.jsonValue().map((value) => JSON.stringify(value)), (text) => {
        fc.pre(!text.includes('"@') && !text.includes('__'));
        expect(JSON.stringify(compileMapping(deepFreeze(JSON.parse(text)))({}))).toBe(text);
      }),
    );
  });
});
