import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { SQS_MAX_BYTES } from '../../lambda/limits.ts';
import { bytesOf, isTooLargeForMessage, messageAttributes, messageBytes, toBase64Message, toMessage } from '../../lambda/message.ts';

const ACCEPTED_AT = '2026-11-22T10:00:00.000Z';

/** The characters SQS refuses, written as AWS documents those it takes. */
function sqsTakes(text: string): boolean {
  return text !== '' && [...text].every((character) => {
    const point = character.codePointAt(0) ?? 0;
    return point === 0x9 || point === 0xa || point === 0xd || (point >= 0x20 && point <= 0xd7ff) || (point >= 0xe000 && point <= 0xfffd) || point >= 0x10000;
  });
}

describe('toMessage', () => {
  it.each([
    ['an event', '{"type":"track"}', 'text'],
    ['tabs and line breaks', '{\r\n\t"a": 1\n}', 'text'],
    ['a character beyond the basic plane', '{"horse":"🐎"}', 'text'],
    ['NUL', '{"a":"\u0000"}', 'base64'],
    ['a control character', '{"a":"\u0001"}', 'base64'],
    ['U+FFFE', '{"a":"\ufffe"}', 'base64'],
    ['U+FFFF', '{"a":"\uffff"}', 'base64'],
    ['nothing', '', 'base64'],
  ])('carries %s as it must', (_, text, encoding) => {
    const message = toMessage(Buffer.from(text), ACCEPTED_AT);

    expect(message).toMatchObject({ encoding, acceptedAt: ACCEPTED_AT });
    expect(message.body).not.toBe('');
    expect(bytesOf(message)).toEqual(Buffer.from(text));
  });

  it('carries bytes that are not UTF-8 as base64', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);

    expect(toMessage(bytes, ACCEPTED_AT).encoding).toBe('base64');
    expect(bytesOf(toMessage(bytes, ACCEPTED_AT))).toEqual(bytes);
  });

  it('gives back any bytes, and only ever a body that SQS takes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), fc.string({ unit: 'binary' }).map((text) => Buffer.from(text))), (bytes) => {
        for (const message of [toMessage(bytes, ACCEPTED_AT), toBase64Message(bytes, ACCEPTED_AT)]) {
          expect(sqsTakes(message.body)).toBe(true);
          expect(bytesOf(message).equals(bytes)).toBe(true);
        }
      }),
    );
  });
});

describe('isTooLargeForMessage', () => {
  const room = SQS_MAX_BYTES - messageBytes(toMessage(Buffer.from('x'), ACCEPTED_AT)) + 1;

  it.each([
    ['text that just fits', Buffer.alloc(room, 'x'), false],
    ['text one byte over', Buffer.alloc(room + 1, 'x'), true],
    ['more than SQS takes at all', Buffer.alloc(SQS_MAX_BYTES + 1, 'x'), true],
    ['binary that fits in base64', Buffer.alloc(780_000), false],
    ['binary that base64 makes too large', Buffer.alloc(790_000), true],
  ])('%s', (_, bytes, expected) => {
    expect(isTooLargeForMessage(bytes)).toBe(expected);
    expect(messageBytes(toMessage(bytes, ACCEPTED_AT)) > SQS_MAX_BYTES).toBe(expected);
  });
});

describe('messageAttributes', () => {
  const text = { body: '{}', encoding: 'text', acceptedAt: ACCEPTED_AT } as const;
  const delivered = [{ mapping: 'Ä', transactionId: 't' }];

  it.each([
    ['of text', text, { acceptedAt: ACCEPTED_AT }],
    ['of base64', { ...text, encoding: 'base64' } as const, { acceptedAt: ACCEPTED_AT, encoding: 'base64' }],
    ['of a replay of which nothing was delivered', { ...text, replay: { of: 'root', delivered: [] } }, { acceptedAt: ACCEPTED_AT, replayOf: 'root' }],
    ['of a replay with an id', { ...text, replay: { of: 'root', delivered: [], undelivered: ['B'], id: 'r1', nothingRenamed: true } } as const, { acceptedAt: ACCEPTED_AT, replayOf: 'root', undelivered: '["B"]', replayId: 'r1', nothingRenamed: 'true' }],
    ['of a replay', { ...text, replay: { of: 'root', delivered } }, { acceptedAt: ACCEPTED_AT, replayOf: 'root', delivered: JSON.stringify(delivered) }],
  ])('%s say no more than there is', (_, message, expected) => {
    const attributes = messageAttributes(message);

    expect(Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]))).toEqual(expected);
    expect(messageBytes(message)).toBe(2 + Object.entries(expected).reduce((sum, [name, value]) => sum + name.length + 6 + Buffer.byteLength(value), 0));
  });
});
