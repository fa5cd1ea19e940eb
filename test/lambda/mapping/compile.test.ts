import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compileMapping, inspectMapping } from '../../../lambda/mapping/index.ts';
import { deepFreeze, DEFAULT_MAPPING } from './vectors.ts';

describe('compileMapping', () => {
  it.each([
    [{ a: { '@pth': '$.x' } }, '/a/@pth', 'unknown directive @pth. Did you mean @path?'],
    [{ a: { '@Path': '$.x' } }, '/a/@Path', 'Did you mean @path?'],
    [{ a: { '@arraypath': [] } }, '/a/@arraypath', 'Did you mean @arrayPath?'],
    [{ a: { '@': 1 } }, '/a/@', 'unknown directive @. Known are @path, @template,'],
    [{ __segment_internal_directive: { '@path': 'x' } }, '', 'has a __segment_internal_directive whose @path must hold an object.'],
    [{ __segment_internal_directive: {} }, '', 'must hold exactly one directive.'],
    [{ a: { '@template': { x: 1 } } }, '/a/@template', 'must be text or a directive that gives text, but it is an object.'],
    [{ a: { '@if': { exists: 1, then: { b: { '@bogus': 1 } } } } }, '/a/@if/then/b/@bogus', 'unknown directive @bogus'],
    [{ a: { '@if': { '@path': 'x' } } }, '/a/@if', 'must be an object of its own members, but it is a directive.'],
    [{ a: { '@case': { operator: 'lower', value: 7 } } }, '/a/@case/value', 'must be text or a directive'],
    [{ a: { '@replace': { pattern: '12345678901', value: 'x' } } }, '/a/@replace/pattern', 'must have 1 to 10 characters, but it has 11.'],
    [{ a: { '@replace': { value: 'x' } } }, '/a/@replace', 'needs a member "pattern".'],
    [{ a: { '@replace': { pattern: 'a', value: 'x', global: null } } }, '/a/@replace/global', 'must be true or false, but it is null.'],
    [{ a: { '@json': { mode: 'enc', value: 'x' } } }, '/a/@json/mode', 'must be "encode" or "decode".'],
    [{ a: { '@merge': { objects: {} } } }, '/a/@merge/objects', 'must be an array, but it is an object.'],
    [{ a: { '@merge': { objects: [{ b: { '@bogus': 1 } }] } } }, '/a/@merge/objects/0/b/@bogus', 'unknown directive @bogus'],
    [{ a: { '@flatten': { separator: { '@path': 'x' }, value: 1 } } }, '/a/@flatten/separator', 'must be plain text, but it is a directive.'],
    [{ a: { '@arrayPath': '$.x' } }, '/a/@arrayPath', 'must be an array of a path and the shape of an item.'],
    [{ a: { '@transform': { apply: {}, mapping: 'x' } } }, '/a/@transform/mapping', 'must be an object or a directive, but it is text.'],
    [{ a: { '@liquid': { '@path': 'x' } } }, '/a/@liquid', 'must be plain text, but it is a directive.'],
    [{ a: { '@path': '$.x', raw: 1 } }, '/a', 'has @path beside raw'],
    [{ a: { '@path': '$.x', '@if': {} } }, '/a', 'has @path beside @if'],
    [{ '@path': '$.x', b: 1 }, '', "The mapping's root has @path beside b"],
    [{ 'a/b~c': { '@path': 5 } }, '/a~1b~0c/@path', 'must be text or a directive that gives text, but it is a number.'],
    [{ a: { '@path': null } }, '/a/@path', 'but it is null.'],
    [{ a: { '@path': { x: 1 } } }, '/a/@path', 'but it is an object.'],
    [JSON.parse('{"a": {"__proto__": {"b": 1}}}'), '/a', 'has a member named __proto__'],
    [{ a: { b: undefined } }, '/a/b', 'must be a JSON value, but it is nothing.'],
    [{ a: () => 1 }, '/a', 'must be a JSON value, but it is a function.'],
    [{ a: Number.NaN }, '/a', 'must be a JSON value'],
  ])('refuses %j, naming the place', (mapping: unknown, mappingPath, sentence) => {
    expect(() => compileMapping(mapping)).toThrow(
      expect.objectContaining({ name: 'MappingError', mappingPath, message: expect.stringContaining(sentence) }),
    );
  });

  it.each([
    ['an unknown directive in an array', { a: [{ b: { '@bogus': 1 } }] }, '/a/0/b/@bogus', 'uses the unknown directive @bogus.'],
    ['no path in an array', { a: [{ '@path': ['x'] }] }, '/a/0/@path', 'must be text or a directive that gives text, but it is an array.'],
    ['no template in an array', { a: [{ '@template': 7 }] }, '/a/0/@template', 'must be text or a directive that gives text, but it is a number.'],
    ['a raw object of @literal', { a: { '@literal': { b: { '@bogus': 1 } } } }, '/a/@literal/b/@bogus', 'uses the unknown directive @bogus.'],
    ['@if without a condition', { a: { '@if': { then: 1 } } }, '/a/@if', 'needs "exists" or "blank"'],
    ['@if with an array', { a: [{ '@if': [] }] }, '/a/0/@if', 'must be an object with "exists" or "blank".'],
    ['@case without an operator', { a: { '@case': { value: 'x' } } }, '/a/@case', 'needs the "operator" "lower" or "upper".'],
    ['@case with another operator', { a: { '@case': { operator: 'Lower', value: 'x' } } }, '/a/@case', 'has an "operator" other than "lower" and "upper"'],
    ['@replace with a long second pattern', { a: { '@replace': { pattern: 'a', pattern2: '12345678901', value: 'x' } } }, '/a/@replace', 'allows at most 10 characters'],
    ['@replace without a pattern, in an array', { a: [{ '@replace': { value: 'x' } }] }, '/a/0/@replace', 'needs a "pattern".'],
    ['@flatten without a separator', { a: { '@flatten': { value: {} } } }, '/a/@flatten', 'needs a "separator".'],
    ['@json without a value', { a: { '@json': { mode: 'encode', value: 0 } } }, '/a/@json', 'needs a "value" that isn\'t empty.'],
    ['@merge without a direction', { a: { '@merge': { objects: [] } } }, '/a/@merge', 'needs the "direction" "left" or "right".'],
    ['@transform without apply, in an array', { a: [{ '@transform': { mapping: {} } }] }, '/a/0/@transform', 'needs an "apply" that is an object.'],
    ['a refused mapping inside @transform, in an array', { a: [{ '@transform': { apply: { b: { '@bogus': 1 } }, mapping: {} } }] }, '/a/0/@transform/apply/b/@bogus', 'uses the unknown directive @bogus.'],
    ['liquid with an unknown tag', { a: { '@liquid': '{% bogus %}' } }, '/a/@liquid', 'is no Liquid that can be rendered: tag "bogus" not found'],
    ['liquid with a tag that is switched off', { a: { '@liquid': '{% for i in (1..9) %}{% endfor %}' } }, '/a/@liquid', 'is no Liquid that can be rendered: the tag "for" is switched off'],
    ['long liquid', { a: { '@liquid': 'x'.repeat(1001) } }, '/a/@liquid', 'has 1001 characters; at most 1000 are allowed.'],
  ])('compiles what hosted only finds when an event gets there, and says so: %s', (_, mapping: unknown, mappingPath, sentence) => {
    expect(inspectMapping(mapping)).toEqual([{ kind: 'fails_when_reached', error: expect.objectContaining({ mappingPath, problem: expect.stringContaining(sentence) }) }]);
    const map = compileMapping(mapping);
    expect(() => map({ x: 1 })).toThrow(expect.objectContaining({ name: 'MappingError', mappingPath }));
    expect(compileMapping({ b: { '@if': { exists: { '@path': '$.gone' }, then: [mapping], else: 'safe' } } })({})).toEqual({ b: 'safe' });
  });

  it('names every problem of a mapping, in its order', () => {
    const mapping = { a: { '@pth': 1 }, b: { '@path': '$.x', c: 1 }, d: [{ '@bogus': 1 }], e: { '@path': '$.e' } };

    expect(inspectMapping(mapping).map(({ kind, error }) => [kind, error.mappingPath])).toEqual([
      ['refused', '/a/@pth'],
      ['refused', '/b'],
      ['fails_when_reached', '/d/0/@bogus'],
    ]);
  });

  it.each([[null], ['text'], [7], [[]]])('throws for an event that is %j', (event) => {
    expect(() => compileMapping(DEFAULT_MAPPING)(event)).toThrow("The mapping's root can only be evaluated for an event that is an object.");
  });

  it('refuses a mapping nested too deeply, and evaluates no value that is', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    const flatten = compileMapping({ properties: { '@flatten': { separator: '.', value: { '@path': '$.properties' } } } });

    expect(() => compileMapping(deep)).toThrow("The mapping's root is nested too deeply.");
    expect(() => flatten({ properties: deep })).toThrow("The mapping's /properties/@flatten can't be evaluated for this event (RangeError)");
  });

  it('throws for the event, without its values, when a directive gives a path that isn\'t text', () => {
    const map = compileMapping({ a: [{ '@path': { '@path': '$.where' } }] });
    expect(map({ where: '$.b', b: 1 })).toEqual({ a: [1] });
    expect(() => map({ where: { secret: 4711 } })).toThrow(
      "The mapping's /a/0/@path needs text as its path, but for this event it got an object.",
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
        fc.pre(typeof event === 'object' && event !== null && !Array.isArray(event));
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
