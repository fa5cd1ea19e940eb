import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ledgerLine } from '../../../lambda/forward/ledger-line.ts';
import { queuedEvent } from '../../../lambda/forward/record.ts';
import { route } from '../../../lambda/forward/route.ts';
import { settle } from '../../../lambda/forward/settle.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { toMessage } from '../../../lambda/message.ts';
import { NOW, queuedOf, recordOf } from './factories.ts';

const MEMBER = ',"event":';
/** What some line reader or other breaks a line at; Node's readline does so at all of these. */
const LINE_BREAK = /[\r\n\u2028\u2029]/;

/** A settled event that went through the queue as these bytes. */
function settledOf(bytes: Buffer): Settled {
  const { body, encoding } = toMessage(bytes, '');
  const attributes = { encoding: { dataType: 'String' as const, stringValue: encoding } };
  const queued = queuedEvent(recordOf({ body, messageAttributes: attributes }), NOW);
  return settle(queued, route(queued, [], NOW), new Map(), NOW);
}

/** The line, and what a reader gets back of the event: the text of the JSON, or the bytes of the string. */
function readBack(settled: Settled): { line: string; parsed: Readonly<Record<string, unknown>>; event: string | Buffer } {
  const line = ledgerLine(settled, 'version', NOW);
  const parsed: Readonly<Record<string, unknown>> = JSON.parse(line);
  const { event, eventEncoding } = parsed;
  if (eventEncoding === 'text' || eventEncoding === 'base64') return { line, parsed, event: Buffer.from(String(event), eventEncoding === 'text' ? 'utf8' : 'base64') };
  return { line, parsed, event: line.slice(line.indexOf(MEMBER) + MEMBER.length, -1) };
}

describe('ledgerLine', () => {
  it('holds everything about a quarantined event', () => {
    const settled: Settled = {
      queued: queuedOf('{"a": 1}'),
      messageId: 'm',
      isJson: true,
      fate: { kind: 'quarantined', reason: 'missing_field', field: 'customer_id', detail: 'customer_id is missing.' },
      usage: [
        { mapping: 'one', transactionId: 't', verdict: 'delivered', status: 200 },
        { mapping: 'two', transactionId: undefined, verdict: 'quarantined', fault: { reason: 'missing_field', field: 'customer_id', detail: 'customer_id is missing.' } },
      ],
    };

    expect(JSON.parse(ledgerLine(settled, 'version', NOW))).toEqual({
      v: 1,
      at: '2026-06-01T12:00:00.000Z',
      sqsMessageId: 'sqs-1',
      messageId: 'm',
      acceptedAt: '2026-06-01T11:59:58.000Z',
      fate: 'quarantined',
      reason: 'missing_field',
      field: 'customer_id',
      detail: 'customer_id is missing.',
      mappingVersion: 'version',
      usage: [
        { mapping: 'one', transactionId: 't', verdict: 'delivered', status: 200 },
        { mapping: 'two', verdict: 'quarantined', reason: 'missing_field', field: 'customer_id', detail: 'customer_id is missing.' },
      ],
      event: { a: 1 },
    });
  });

  it('says of a replay what it is one of, and what was delivered before', () => {
    const replay = { of: 'root', delivered: [{ mapping: 'one', transactionId: 't' }] };
    const queued = queuedOf('{"type":"page"}', { replay });
    const settled = settle(queued, route(queued, [], NOW), new Map(), NOW);

    expect(JSON.parse(ledgerLine(settled, 'version', NOW))).toMatchObject({
      sqsMessageId: 'sqs-1',
      replayOf: 'root',
      fate: 'filtered',
      usage: [{ mapping: 'one', transactionId: 't', verdict: 'delivered', before: true }],
    });
  });

  it('says why an event is returned', () => {
    const settled: Settled = { queued: queuedOf('{}'), messageId: 'm', isJson: true, fate: { kind: 'returned', cause: 'rate_limited' }, usage: [] };

    expect(JSON.parse(ledgerLine(settled, 'version', NOW))).toMatchObject({ fate: 'returned', cause: 'rate_limited' });
  });

  it.each([
    '{"n":12345678901234567890,"m":0.1234567890123456789}',
    '{ "n" : 1.0, "m":1e400,"m":-0 }',
    '{"text":"line\\nbreak, \\u2028, ,\\"event\\":"}',
    '[1,2]',
    'null',
  ])('holds %s letter for letter', (body) => {
    expect(readBack(settledOf(Buffer.from(body))).event).toBe(body);
  });

  it('keeps a pretty-printed event on one line: only line breaks between its tokens become blanks', () => {
    const { line, event, parsed } = readBack(settledOf(Buffer.from('{\r\n\t"n": 12345678901234567890,\n\n  "a": "b"\r}\r\n')));

    expect(line).not.toMatch(LINE_BREAK);
    expect(event).toBe('{  \t"n": 12345678901234567890,    "a": "b" }  ');
    expect(parsed['event']).toEqual({ n: 12345678901234567000, a: 'b' });
  });

  it('escapes the line separators that JSON allows within text, wherever they stand', () => {
    const settled = settledOf(Buffer.from('{"a":"x\u2028y\u2029z"}'));
    const line = ledgerLine({ ...settled, messageId: 'm\u2028', fate: { kind: 'quarantined', reason: 'not_json', detail: 'd\u2029' } }, 'version', NOW);

    expect(line).not.toMatch(LINE_BREAK);
    expect(JSON.parse(line)).toMatchObject({ messageId: 'm\u2028', detail: 'd\u2029', event: { a: 'x\u2028y\u2029z' } });
  });

  it.each<[string, Buffer, string]>([
    ['not JSON', Buffer.from('hello\r\n{"a":\t1'), 'text'],
    ['nothing', Buffer.alloc(0), 'base64'],
    ['blanks', Buffer.from(' \n '), 'text'],
    ['not UTF-8', Buffer.from([0xff, 0x00, 0x0a]), 'base64'],
    ['a character SQS refuses, not JSON', Buffer.from('a\u0000b\uFFFF'), 'base64'],
  ])('gives a body back byte for byte that is %s', (_, bytes, encoding) => {
    const { line, parsed, event } = readBack(settledOf(bytes));

    expect(line).not.toMatch(LINE_BREAK);
    expect(parsed['eventEncoding']).toBe(encoding);
    expect(event).toEqual(bytes);
  });

  it('holds JSON that travelled as base64 as JSON', () => {
    const { parsed, event } = readBack(settledOf(Buffer.from('{"a":"\uFFFE","n":12345678901234567890}')));

    expect(parsed['eventEncoding']).toBeUndefined();
    expect(event).toBe('{"a":"\uFFFE","n":12345678901234567890}');
  });

  it('holds an event that was never read as the text it is', () => {
    const { parsed, event } = readBack({ ...settledOf(Buffer.from('{"a":1}')), isJson: false });

    expect(parsed).toMatchObject({ event: '{"a":1}', eventEncoding: 'text' });
    expect(event).toEqual(Buffer.from('{"a":1}'));
  });

  it('is one line, is JSON, and gives every body back', () => {
    const bodies = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value, undefined, 2).replaceAll('\n', '\r\n'))),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(bodies, (bytes) => {
        const { line, parsed, event } = readBack(settledOf(bytes));

        expect(line).not.toMatch(LINE_BREAK);
        if (Buffer.isBuffer(event)) expect(event).toEqual(bytes);
        else {
          expect(parsed['event']).toEqual(JSON.parse(bytes.toString()));
          expect(event.replaceAll(/\\u2028|\\u2029|\s/g, '')).toBe(bytes.toString().replaceAll(/\\u2028|\\u2029|\s/g, ''));
        }
      }),
      { numRuns: 500 },
    );
  });
});
