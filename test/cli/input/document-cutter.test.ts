import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createDocumentCutter } from '../../../cli/input/document-cutter.ts';
import { cut } from './cut.ts';

const MAX_BYTES = 1_000;
const cutter = () => createDocumentCutter(MAX_BYTES);
const whole = (text: string) => cut(cutter(), [text]);

const spaces = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
/** A JSON value as somebody may have written it. */
const valueTexts = fc.json({ maxDepth: 3 });
/** Cuts at random places, also inside characters. */
const chunkings = (bytes: Buffer) =>
  fc.array(fc.nat(bytes.length), { maxLength: 8 }).map((places) => {
    const ends = [...places, bytes.length].toSorted((a, b) => a - b);
    return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  });

describe('createDocumentCutter', () => {
  it('gives the elements of an array back as they were written, however they arrive', () => {
    const arrays = fc.tuple(fc.array(fc.tuple(spaces, valueTexts, spaces), { maxLength: 6 }), spaces);
    const cases = arrays.chain(([items, space]) => {
      const text = `${space}[${items.map((item) => item.join('')).join(',')}${items.length === 0 ? space : ''}]${space}`;
      return chunkings(Buffer.from(text)).map((chunks) => ({ chunks, texts: items.map(([, value]) => value) }));
    });

    fc.assert(
      fc.property(cases, ({ chunks, texts }) => {
        const pieces = cut(createDocumentCutter(1_000_000), chunks);

        expect(pieces).toEqual(texts.map((text, index) => expect.objectContaining({ kind: 'value', text, index })));
      }),
    );
  });

  it('never throws, and never makes bytes up, whatever arrives', () => {
    const garbage = fc.array(fc.oneof(fc.stringMatching(/^[[\]{}",:\\ 1a\n]{0,12}$/).map((text) => Buffer.from(text)), fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes))));

    fc.assert(
      fc.property(garbage, (chunks) => {
        const values = cut(cutter(), chunks).flatMap(({ text }) => text ?? []);

        const arrived = Buffer.concat(chunks).toString('latin1');
        expect(values.every((text) => text !== '')).toBe(true);
        expect(values.join('').length).toBeLessThanOrEqual(arrived.length);
      }),
    );
  });

  it('tells each value\'s line', () => {
    const pieces = whole('[\n  {"a":\n    1},\n\n  {"b": 2}\n]\n{"c": 3}');

    expect(pieces.map(({ line, index }) => [line, index])).toEqual([
      [2, 0],
      [5, 1],
      [7, undefined],
    ]);
  });

  it.each([
    ['documents one after another', '{"a":1}\n{"b":2} [{"c":3}]', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['brackets and quotes inside texts', '[{"a":"]}\\"["},"x,y"]', ['{"a":"]}\\"["}', '"x,y"']],
    ['an empty array', '[ ]', []],
    ['nothing', ' \n', []],
    ['an element that is not JSON', '[{"a":1,,}, oops here, {"b":2}]', ['{"a":1,,}', 'oops here', '{"b":2}']],
  ])('reads %s', (_, text, texts) => {
    const pieces = whole(text);

    expect(pieces.map((piece) => piece.text)).toEqual(texts);
  });

  it.each([
    ['a missing comma', '[{"a":1} {"b":2}]', 1, /no comma before it/, 2],
    ['two commas', '[{"a":1},,{"b":2}]', 1, /nothing before the comma/, 2],
    ['a comma at the end', '[{"a":1},]', 1, /between the last comma and the end/, 1],
    ['an event that is too large', `[{"a":"${'x'.repeat(MAX_BYTES)}"},{"b":2}]`, 0, /larger than 1000 bytes/, 1],
  ])('goes on after %s', (_, text, index, problem, values) => {
    const pieces = whole(text);

    expect(pieces.filter(({ kind }) => kind === 'broken')).toEqual([expect.objectContaining({ index, problem: expect.stringMatching(problem) })]);
    expect(pieces.filter(({ kind }) => kind === 'value')).toHaveLength(values);
  });

  it.each([
    ['an array that never ends', '[{"a":1},', /file ends before its array does; the rest of it can't be read/],
    ['a value that never ends', '[{"a":1},{"b":"2}]', /never ends: .* can't be read/],
    ['a bracket that closes nothing', '[{"a":1}}]', /closes nothing; the rest/],
    ['words', 'hello', /neither an event/],
    ['a number', '42', /neither an event/],
  ])('says what it can\'t read of %s', (_, text, problem) => {
    const pieces = whole(text);

    expect(pieces.filter(({ kind }) => kind === 'broken')).toEqual([expect.objectContaining({ problem: expect.stringMatching(problem) })]);
  });
});
