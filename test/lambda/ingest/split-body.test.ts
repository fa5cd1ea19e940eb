import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { splitBody } from '../../../lambda/ingest/split-body.ts';
import { INGEST_MAX_BATCH_EVENTS } from '../../../lambda/limits.ts';

const WHITESPACE = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 });

function splitText(text: string): { first: string | undefined; events: string[] | undefined } | 'single' {
  const split = splitBody(Buffer.from(text));
  if (split.kind === 'single') return 'single';
  return { first: split.first?.toString(), events: split.events?.map((event) => event.toString()) };
}

describe('splitBody', () => {
  it.each([
    ['an object', '{"a":[1]}'],
    ['a string', '"[1]"'],
    ['nothing', ''],
    ['a byte order mark before an array', '\ufeff[1]'],
    ['no JSON at all', 'a=1&b=2'],
  ])('takes %s for a single event', (_, text) => {
    expect(splitText(text)).toBe('single');
  });

  it.each<[string, string, string[]]>([
    ['an empty array', '[]', []],
    ['an empty array with space', ' [ \n] ', []],
    ['objects', '[{"a":1},{"b":[2,{"c":"]"}]}]', ['{"a":1}', '{"b":[2,{"c":"]"}]}']],
    ['exact bytes with their inner space', '[ { "a" : 1.0 } ,\n 1e2 ]', ['{ "a" : 1.0 }', '1e2']],
    ['brackets, commas and quotes inside strings', '["a,]b","c\\"],[",{"]":"}"}]', ['"a,]b"', '"c\\"],["', '{"]":"}"}']],
    ['scalars', '[null,true,-1.5]', ['null', 'true', '-1.5']],
    ['an element that is not JSON, harming only itself', '[{"a":1},{oops},{"b":2}]', ['{"a":1}', '{oops}', '{"b":2}']],
  ])('cuts %s', (_, text, events) => {
    expect(splitText(text)).toEqual({ first: events[0], events });
  });

  it.each<[string, string, string | undefined]>([
    ['no end', '[{"a":1},{"b":2}', '{"a":1}'],
    ['an element without an end', '[{"a":1},{"b":', '{"a":1}'],
    ['a string without an end', '["a', undefined],
    ['a comma too many', '[{"a":1},]', '{"a":1}'],
    ['a comma at the start', '[,{"a":1}]', undefined],
    ['two values without a comma', '[{"a":1} {"b":2}]', '{"a":1}'],
    ['more after the end', '[{"a":1}] {"b":2}', '{"a":1}'],
    ['a bracket too many', '[{"a":1}}]', '{"a":1}'],
    ['only the opening bracket', '[', undefined],
    ['an escape at the very end', '["\\', undefined],
  ])('does not split an array with %s, and still finds what may be signed', (_, text, first) => {
    expect(splitText(text)).toEqual({ first, events: undefined });
  });

  it('gives back exactly the elements of any JSON array, as the bytes they were', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(WHITESPACE, fc.json({ stringUnit: 'binary' }), WHITESPACE)), (elements) => {
        const text = `[${elements.map((parts) => parts.join('')).join(',')}]`;

        const split = splitBody(Buffer.from(text));

        const expected = elements.map(([, element]) => Buffer.from(element));
        expect(split).toEqual({ kind: 'array', first: expected[0], events: expected });
      }),
    );
  });

  it('loses and doubles nothing of any bytes: what it cuts out stands in the body in order, with only separators between', () => {
    const jsonish = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', ' ', '\n', 'a', '1', 'é') });
    fc.assert(
      fc.property(fc.oneof(jsonish, jsonish.map((text) => `[${text}]`)), (text) => {
        const body = Buffer.from(text);
        const split = splitBody(body);
        if (split.kind === 'single' || split.events === undefined) return;
        let at = 0;
        let between = '';
        for (const event of split.events) {
          const start = body.indexOf(event, at);
          between += body.toString('utf8', at, start);
          at = start + event.length;
        }
        between += body.toString('utf8', at);
        const separators = split.events.length === 0 ? '[]' : `[${','.repeat(split.events.length - 1)}]`;
        expect(between.replace(/[ \n]/g, '')).toBe(separators);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes as many events as the limit, and leaves a larger array whole', () => {
    const ones = (count: number): string => `[${Array.from({ length: count }, () => '1').join(',')}]`;

    expect(splitText(ones(INGEST_MAX_BATCH_EVENTS))).toMatchObject({ events: { length: INGEST_MAX_BATCH_EVENTS } });
    expect(splitText(ones(INGEST_MAX_BATCH_EVENTS + 1))).toEqual({ first: '1', events: undefined });
  });

  it('needs no stack for depth', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;

    expect(splitBody(Buffer.from(deep))).toMatchObject({ kind: 'array', events: { length: 1 } });
  });
});
