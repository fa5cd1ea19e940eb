import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ledgerEvent } from '../../../cli/input/ledger-event.ts';
import { ledgerLine } from '../../../lambda/forward/ledger-line.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { toMessage } from '../../../lambda/message.ts';
import { NOW, queuedOf } from '../../lambda/forward/factories.ts';

/** What forward writes of an event that arrived as these bytes. */
function lineOf(bytes: Buffer, isJson: boolean): string {
  const { body, encoding } = toMessage(bytes, new Date(NOW).toISOString());
  const queued = queuedOf(body, { acceptedAt: NOW, encoding, text: isJson ? bytes.toString('utf8') : undefined });
  const settled: Settled = { queued, messageId: undefined, isJson, fate: { kind: 'filtered' }, usage: [] };
  return ledgerLine(settled, 'version', NOW);
}

const read = (line: string) => ledgerEvent(line, JSON.parse(line));

describe('ledgerEvent', () => {
  it.each(['{"n": 1.10, "e": 1E400, "i": 12345678901234567890}', '{"event":"a","fate":"}","v":{}}', '{"\\u0000":"\\ud800"}', '7', '[]'])('gives the event back as it came: %s', (text) => {
    expect(read(lineOf(Buffer.from(text), true))).toEqual({ text, value: JSON.parse(text), acceptedAt: NOW });
  });

  it('gives it back digit for digit from a line to which another tool has added something', () => {
    const added = lineOf(Buffer.from('{"n":1.10}'), true).replace(/\}$/, ',"note":"mine"}');

    expect(read(added)).toEqual({ text: '{"n":1.10}', value: { n: 1.1 }, acceptedAt: NOW });
  });

  it('gives back any JSON with the same value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(lineOf(Buffer.from(text), true))?.value).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['text that is not JSON', Buffer.from('oops "\n'), 'oops "\n'],
    ['bytes that SQS does not carry', Buffer.from('a\0b'), 'a\0b'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), undefined],
    ['nothing', Buffer.alloc(0), ''],
  ])('gives back %s', (_, bytes, text) => {
    expect(read(lineOf(bytes, false))).toEqual({ text, value: undefined, acceptedAt: NOW });
  });
});
