import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { eventBytes, readLedgerLine } from '../../../cli/ledger/ledger-line.ts';
import { ledgerLine } from '../../../lambda/forward/ledger-line.ts';
import { queuedEvent } from '../../../lambda/forward/record.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { toMessage } from '../../../lambda/message.ts';
import { NOW, recordOf } from '../../lambda/forward/factories.ts';
import { lineOf } from './bucket-double.ts';

/** An event that came as these bytes, settled in a way that has awkward text all over. */
function settledOf(bytes: Buffer, text: string): Settled {
  const { body, encoding } = toMessage(bytes, '');
  const queued = queuedEvent(recordOf({ body, messageAttributes: { encoding: { dataType: 'String', stringValue: encoding } } }), NOW);
  const usage = [{ mapping: text, transactionId: text, verdict: 'delivered' as const, status: 200 }];
  return { queued, messageId: text, isJson: isJson(bytes), fate: { kind: 'quarantined', reason: 'invalid_field', field: text, detail: text }, usage };
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

const withoutBreaks = (text: string): string => text.replaceAll(/[\r\n]/g, ' ').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

describe('readLedgerLine', () => {
  it('gives back what ledgerLine was given: the head as it was, the event letter for letter', () => {
    const awkward = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(',"event":', '","event":{', '"}', '\\"', '\u2028', ',"eventEncoding":"text"}'));
    const bodies = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ event: value, eventEncoding: 'text' }, undefined, 2))),
      fc.constantFrom('{"n":12345678901234567890,"m":0.1234567890123456789}', '"text"', '1.0', '{"event":1,"eventEncoding":"base64"}', '{} ', '').map((text) => Buffer.from(text)),
      awkward.map((text) => Buffer.from(text)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(bodies, awkward, (bytes, text) => {
        const written = ledgerLine(settledOf(bytes, text), text, NOW);
        const { event: _, ...head } = JSON.parse(written) as Readonly<Record<string, unknown>>;

        const read = readLedgerLine(written);

        expect(read?.line).toEqual(head);
        if (read === undefined || read.line.eventEncoding !== undefined) expect(read && eventBytes(read)).toEqual(bytes);
        else expect(read.eventText).toBe(withoutBreaks(bytes.toString()));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['not JSON', 'hello'],
    ['an event of Segment', '{"type":"track","event":"api_call","messageId":"m-1"}'],
    ['a head that is no line\'s', '{"v":1,"event":{}}'],
    ['a line that is cut off', lineOf(NOW).slice(0, -2)],
    ['another fate', lineOf(NOW).replace('"fate":"delivered"', '"fate":"eaten"')],
  ])('takes no %s', (_, text) => {
    expect(readLedgerLine(text)).toBeUndefined();
  });

  it.each<[string, (line: Readonly<Record<string, unknown>>) => string]>([
    ['in another order', (line) => JSON.stringify(Object.fromEntries(Object.entries(line).toReversed()))],
    ['over many lines', (line) => JSON.stringify(line, undefined, 2)],
  ])('reads a line that another tool has written anew %s', (_, rewritten) => {
    const text = lineOf(NOW, {}, { sqsMessageId: 'a' }, { type: 'track', event: 'api_call' });
    const line = JSON.parse(text) as Readonly<Record<string, unknown>>;

    const read = readLedgerLine(rewritten(line));

    expect(read?.line).toEqual(readLedgerLine(text)?.line);
    expect(JSON.parse(read?.eventText ?? '')).toEqual({ type: 'track', event: 'api_call' });
  });

  it('keeps members of the head it does not know', () => {
    expect(readLedgerLine(lineOf(NOW).replace('{"v":1', '{"v":2,"later":true'))?.line).toMatchObject({ v: 2, later: true });
  });
});
