import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createLineCutter } from '../../../cli/input/line-cutter.ts';
import { cut } from './cut.ts';

const cutter = () => createLineCutter(60);

describe('createLineCutter', () => {
  it('gives each line back with its number, however they arrive', () => {
    const lines = fc.array(fc.stringMatching(/^\{[a-z":é]{0,10}\}$/), { maxLength: 10 });

    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 9 }), (texts, end, chunkBytes) => {
        const bytes = Buffer.from(texts.join(end));
        const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, at) => bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes));

        const pieces = cut(cutter(), chunks);

        expect(pieces).toEqual(texts.map((text, index) => ({ kind: 'value', line: index + 1, index: undefined, text })));
      }),
    );
  });

  it.each([
    ['blank lines', '\n{"a":1}\n \r\n{"b":2}\n', [{ line: 2, text: '{"a":1}' }, { line: 4, text: '{"b":2}' }]],
    ['a batch on a line', '{"a":1}\n[{"b":2}, {"c":3}]\n', [{ line: 1 }, { line: 2, index: 0, text: '{"b":2}' }, { line: 2, index: 1, text: '{"c":3}' }]],
    ['a broken line', '{"a":\n{"b":2}', [{ line: 1, text: '{"a":' }, { line: 2, text: '{"b":2}' }]],
    ['a broken batch', '[{"a":1},\n{"b":2}', [{ line: 1, index: 0 }, { line: 1, kind: 'broken' }, { line: 2, text: '{"b":2}' }]],
    ['a line that is too long', `{"a":"${'x'.repeat(90)}"}\n{"b":2}`, [{ line: 1, kind: 'broken', problem: expect.stringContaining('longer than 60 bytes') }, { line: 2 }]],
  ])('passes %s', (_, text, expected) => {
    const pieces = cut(cutter(), [text]);

    expect(pieces).toEqual(expected.map((piece) => expect.objectContaining(piece)));
  });
});
