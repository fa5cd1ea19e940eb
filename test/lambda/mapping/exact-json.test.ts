import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compileMapping, MappingError, parseEvent, toUsageEvent, withNumbersAsText } from '../../../lambda/mapping/index.ts';

/** Numbers as JSON may write them (RFC 8259, section 6), the odd ones too. */
const NUMBERS = [
  '12345678901234567890', '0.1234567890123456789', '1E400', '-1e400', '-0', '-0.0', '0.0', '0e5', '1.10', '1.0', '1e5', '1E+5', '1e-7', '0.0000001', '-0.00000012',
  '9007199254740993', '123456789012345678', '1e21', '5e-324', '1.7976931348623157e309', '-0.10',
];
const ORDINARY = ['0', '1', '-1', '10', '100', '1.5', '-0.5', '-0.05', '0.000001', '123456789012345', '0.1', '3.1415926535897'];

const digits = (min: number, max: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const jsonNumber = fc
  .tuple(fc.constantFrom('', '-'), fc.oneof(fc.constant('0'), fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 24)).map((parts) => parts.join(''))), fc.option(digits(1, 24)), fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-', 'e-'), digits(1, 3))))
  .map(([sign, whole, fraction, exponent]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : exponent.join('')}`);
const blank = fc.constantFrom('', ' ', '\n', '\t ', '\r\n');

/** From the beginning of a number, as it reads best and takes four times as long. */
const MAY_CHANGE_PLAINLY = /[:,[]\s*(?=[-\d])(?:-0(?!\.\d*[1-9])|-?(?:0\.0{6}|[\d.]{16}|\d+\.?\d*[eE]|\d+\.\d*0(?=[\s,}\]])))/;
/** Numbers about as long as those at which JavaScript begins to change them. */
const edgeNumber = fc.oneof(jsonNumber, fc.stringMatching(/^-?(0|[1-9][0-9]{0,17})$/), fc.stringMatching(/^-?(0|[1-9][0-9]{0,3})\.[0-9]{1,16}$/), fc.stringMatching(/^-?0\.0{0,8}[0-9]{1,3}$/));
/** Text that looks like numbers and what stands around them. */
const numberlikeText = fc.array(fc.constantFrom('0', '1', '.', '-', 'e', 'E', '+', ',', ':', '[', ']', '}', ' ', '"', '\\', '\n', '-0', '.0', '1e5', '0.0000001', '12345678901234567'), { maxLength: 12 }).map((parts) => JSON.stringify(parts.join('')));

describe('parseEvent', () => {
  it.each(NUMBERS)('keeps the digits of %s wherever it stands, and shows the ordinary number beside', (number) => {
    const text = `{"a":${number},"b":[${number},{"c":${number}}],"d" : ${number} }`;
    const event = parseEvent(text);

    expect(JSON.stringify(event.exact())).toBe(text.replaceAll(' ', ''));
    expect(event.ordinary).toStrictEqual(JSON.parse(text));
  });

  it.each(ORDINARY)('copies nothing for %s', (number) => {
    expect(JSON.stringify(JSON.parse(number))).toBe(number);
    const event = parseEvent(`{"a":${number},"text":"${number}"}`);

    expect(event.exact()).toBe(event.ordinary);
  });

  it('parses once, unless a number asks for it', () => {
    const event = parseEvent('{"at":"2026-01-02T03:04:15.670Z","n":[0,1.25,100],"text":"1-0, e5, 10:00"}');

    expect(event.exact()).toBe(event.ordinary);
  });

  it('keeps the digits of any number, with any blanks around', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(jsonNumber, blank, blank)), (numbers) => {
        const text = `{"n":[${numbers.map(([number, before, after]) => before + number + after).join(',')}]}`;
        expect(JSON.stringify(parseEvent(text).exact())).toBe(`{"n":[${numbers.map(([number]) => number).join(',')}]}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('copies an event exactly where one of its numbers may change', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(edgeNumber, blank, blank)), (numbers) => {
        const text = `{"n":[${numbers.map(([number, before, after]) => before + number + after).join(',')}]}`;
        const event = parseEvent(text);
        expect(event.exact() !== event.ordinary).toBe(MAY_CHANGE_PLAINLY.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  // Copied, an event nested too deeply for that could not be mapped, and for the sake of a text.
  it.each(['paid 12.50 today', 'order 1234567890123456 of 2', 'from -0 to 1', 'about 0.0000001 ', ' 1e5 ', '1.10'])('takes the text "%s" for no number', (note) => {
    const event = parseEvent(JSON.stringify({ note, [note]: note, notes: [note] }));

    expect(event.exact()).toBe(event.ordinary);
  });

  it('copies nothing for a text that the plain rule leaves alone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(numberlikeText, numberlikeText)), (members) => {
        const text = `{${members.map(([name, value]) => `${name}:${value},"a":[${value}]`).join(',')}}`;
        const event = parseEvent(text);
        expect(event.exact() !== event.ordinary && !MAY_CHANGE_PLAINLY.test(text)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no digit beside text that looks like numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(numberlikeText, edgeNumber, blank, blank)), (members) => {
        const text = `{${members.map(([name, number, before, after]) => `${name}${before}:${after}${number}${before},"a":[${name},${number}${after}]`).join(',')}}`;
        const asWritten = JSON.parse(text, (_name, value: unknown, { source }) => (typeof value === 'number' ? JSON.rawJSON(source ?? '') : value));
        expect(JSON.stringify(parseEvent(text).exact())).toBe(JSON.stringify(asWritten));
      }),
      { numRuns: 2000 },
    );
  });

  it('names the integers that JavaScript rounds', () => {
    expect(parseEvent('{"a":9007199254740993,"b":9007199254740992,"c":1.10,"d":-12345678901234567890,"e":1e30}').roundedIntegers()).toEqual(['9007199254740992', '-12345678901234567000']);
  });

  it('throws for text that is not JSON, and for exact numbers too deep to be found', () => {
    const deep = `{"n":1.10,"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

    expect(() => parseEvent('{"a":01}')).toThrow(SyntaxError);
    expect(parseEvent(deep).ordinary).toHaveProperty('n', 1.1);
    expect(() => parseEvent(deep).exact()).toThrow(MappingError);
  });
});

describe('an event with exact numbers', () => {
  /** Every directive that passes values, in front of one that looks at them. */
  const MAPPINGS: readonly unknown[] = [
    { '@path': '$.n' },
    { '@literal': { '@path': '$.n' } },
    { '@if': { exists: { '@path': '$.n' }, then: { '@path': '$.n' }, else: 'none' } },
    { '@if': { blank: { '@path': '$.n' }, then: { '@path': '$.n' }, else: 'blank' } },
    { '@case': { operator: 'lower', value: { '@path': '$.n' } } },
    { '@excludeWhenNull': { '@path': '$.in' } },
    { '@arrayPath': ['$.list', { value: { '@path': '$.n' }, deeper: { '@path': '$.n.x' } }] },
    { '@arrayPath': ['$.n', { value: { '@path': '$.x' } }] },
    { '@flatten': { separator: '.', value: { '@path': '$.in' } } },
    { '@flatten': { separator: '.', value: { '@path': '$.n' } } },
    { '@merge': { direction: 'left', objects: [{ '@path': '$.in' }, { '@path': '$.n' }, { other: { '@path': '$.n' } }] } },
    { '@transform': { apply: { m: { '@path': '$.n' } }, mapping: { m: { '@path': '$.m' } } } },
    { '@path': '$.n.x.y' },
    { '@path': '$.n.digits' },
    { '@path': '$.n.valueOf' },
    // These look at the number, and see JavaScript's.
    { '@template': 'n{{n}}:{{list}}' },
    { '@replace': { pattern: '0', replacement: 'o', value: { '@path': '$.n' } } },
    { '@json': { mode: 'encode', value: { '@path': '$.in' } } },
    { '@json': { mode: 'decode', value: { '@path': '$.n' } } },
    { '@liquid': '{{ n }} {{ n | plus: 1 }} {% if n == 0 %}zero{% endif %} {{ list | first }}' },
  ];

  it.each(MAPPINGS)('is mapped by %j as an ordinary one, but for the digits', (mapping) => {
    fc.assert(
      fc.property(fc.oneof(jsonNumber, fc.constantFrom(...NUMBERS, ...ORDINARY)), (number) => {
        const event = parseEvent(`{"n":${number},"in":{"m":${number},"none":null,"items":[${number}]},"list":[{"n":${number}},${number}]}`);
        const evaluate = compileMapping({ value: mapping });
        const exactly = JSON.stringify(evaluate(event.exact()));
        // Numbers that differ in their digits are the same numbers.
        expect(JSON.parse(exactly)).toStrictEqual(JSON.parse(JSON.stringify(evaluate(event.ordinary), (_, value: unknown) => (Object.is(value, -0) ? JSON.rawJSON('-0') : infinite(value)))));
      }),
    );
  });

  /** JSON has no infinity; our side's digits read as one again. */
  function infinite(value: unknown): unknown {
    return typeof value === 'number' && !Number.isFinite(value) ? JSON.rawJSON(value > 0 ? '1e400' : '-1e400') : value;
  }

  it('passes its digits through whatever only passes values', () => {
    const event = parseEvent('{"n":1.10,"in":{"m":-0}}');
    const mapping = { a: { '@path': '$.n' }, b: { '@merge': { direction: 'right', objects: [{ '@path': '$.in' }, { c: { '@path': '$.n' } }] } }, d: { '@flatten': { separator: '.', value: { '@path': '$.in' } } } };

    expect(JSON.stringify(compileMapping(mapping)(event.exact()))).toBe('{"a":1.10,"b":{"m":-0,"c":1.10},"d":{"m":-0}}');
  });

  it('gives the other four fields as the hosted destination makes them', () => {
    const event = parseEvent('{"id":12345678901234567890,"customer":[1.10],"at":1767323045123.0,"type":-0,"p":{"a":1.10}}');
    const mapped = compileMapping({ transaction_id: { '@path': '$.id' }, customer_id: { '@path': '$.customer' }, timestamp: { '@path': '$.at' }, event_type: { '@path': '$.type' }, properties: { '@path': '$.p' } });

    expect(JSON.stringify(toUsageEvent(mapped(event.exact())))).toBe(
      '{"transaction_id":"12345678901234567000","customer_id":"1.1","timestamp":"2026-01-02T03:04:05.123Z","event_type":"0","properties":{"a":1.10}}',
    );
  });

  it('does not take a number for an object', () => {
    const { exact } = parseEvent('{"n":1.10,"id":"m"}');
    const mapped = compileMapping({ transaction_id: 'a', customer_id: 'b', timestamp: 1767323045123, event_type: 'c', properties: { '@path': '$.n' } })(exact());

    expect(() => toUsageEvent(mapped)).toThrow('properties must be an object, but the mapping gave a number.');
  });
});

describe('withNumbersAsText', () => {
  it('writes every number as text of its digits', () => {
    const properties = parseEvent('{"a":1.10,"b":[2,{"c":12345678901234567890}],"d":"3","e":null,"f":true,"g":{"h":-0}}').exact();

    expect(withNumbersAsText(Object(properties))).toEqual({ a: '1.10', b: ['2', { c: '12345678901234567890' }], d: '3', e: null, f: true, g: { h: '-0' } });
  });
});
