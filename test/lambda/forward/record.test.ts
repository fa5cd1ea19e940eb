import { describe, expect, it } from '@jest/globals';
import type { SQSMessageAttributes } from 'aws-lambda';
import * as fc from 'fast-check';

import { queuedEvent } from '../../../lambda/forward/record.ts';
import { messageAttributes, toMessage } from '../../../lambda/message.ts';
import { NOW, recordOf } from './factories.ts';

const SENT_AT = NOW - 1_000;

function attributes(values: Readonly<Record<string, string>>): SQSMessageAttributes {
  return Object.fromEntries(Object.entries(values).map(([name, stringValue]) => [name, { dataType: 'String', stringValue }]));
}

describe('queuedEvent', () => {
  it('reads what ingest wrote', () => {
    const acceptedAt = new Date(SENT_AT - 5).toISOString();
    const record = recordOf({ body: '{"a":1}', messageAttributes: attributes({ acceptedAt }) });

    expect(queuedEvent(record, NOW)).toEqual({
      sqsMessageId: 'sqs-1',
      receiptHandle: 'receipt-1',
      receiveCount: 1,
      firstReceivedAt: NOW,
      sentAt: SENT_AT,
      acceptedAt: SENT_AT - 5,
      body: '{"a":1}',
      encoding: 'text',
      text: '{"a":1}',
    });
  });

  it.each([
    ['no acceptedAt', {}, SENT_AT],
    ['one that is no time', { acceptedAt: 'yesterday' }, SENT_AT],
    ['one after it was queued', { acceptedAt: new Date(NOW + 1e9).toISOString() }, SENT_AT],
    ['one long before', { acceptedAt: '2020-01-01T00:00:00.000Z' }, Date.UTC(2020, 0)],
  ])('with %s, counts from the earlier of both clocks', (_, values, expected) => {
    expect(queuedEvent(recordOf({ messageAttributes: attributes(values) }), NOW).acceptedAt).toBe(expected);
  });

  it.each(['', 'x', '0', '-5', '1e300'])('takes now for a SentTimestamp of %j', (SentTimestamp) => {
    const record = recordOf();

    expect(queuedEvent({ ...record, attributes: { ...record.attributes, SentTimestamp } }, NOW)).toMatchObject({ sentAt: NOW, acceptedAt: NOW });
  });

  it.each([
    ['7', 7],
    ['', 1],
    ['x', 1],
  ])('reads a receive count of %j as %i', (ApproximateReceiveCount, expected) => {
    const record = recordOf();

    expect(queuedEvent({ ...record, attributes: { ...record.attributes, ApproximateReceiveCount } }, NOW).receiveCount).toBe(expected);
  });

  it.each([
    ['with a character SQS refuses', Buffer.from('{"a":"\uFFFE"}'), '{"a":"\uFFFE"}'],
    ['empty', Buffer.alloc(0), ''],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), undefined],
    ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80]), undefined],
  ])('decodes a base64 body that is %s', (_, bytes, text) => {
    const { body, encoding } = toMessage(bytes, '');

    expect(queuedEvent(recordOf({ body, messageAttributes: attributes({ encoding }) }), NOW)).toMatchObject({ body, encoding: 'base64', text });
  });

  it('reads what a replay says of the event\'s past, whatever its mappings are called', () => {
    const delivered = [{ mapping: 'A \ufffe"\u0000', transactionId: 't\u2028\ud800' }];
    const { encoding, replay } = { encoding: 'text' as const, replay: { of: 'root', delivered } };
    const written = messageAttributes({ body: '{}', encoding, acceptedAt: new Date(SENT_AT).toISOString(), replay });

    const read = queuedEvent(recordOf({ messageAttributes: attributes(Object.fromEntries(Object.entries(written).map(([name, { StringValue }]) => [name, StringValue]))) }), NOW);

    expect(read).toMatchObject({ replay, acceptedAt: SENT_AT });
    expect(read.unreadable).toBeUndefined();
    expect(toMessage(Buffer.from(written['delivered']?.StringValue ?? ''), '').encoding).toBe('text');
  });

  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['nothing delivered', { replayOf: 'root' }, { replay: { of: 'root', delivered: [] } }],
    ['an id', { replayOf: 'root', replayId: 'r1' }, { replay: { of: 'root', delivered: [], id: 'r1' } }],
    ['an id too long to be one', { replayOf: 'root', replayId: 'x'.repeat(101) }, { replay: { of: 'root', delivered: [] } }],
    ['an empty id', { replayOf: 'root', replayId: '' }, { replay: { of: 'root', delivered: [] } }],
    ['a word that nothing was renamed', { replayOf: 'root', nothingRenamed: 'true', delivered: '[]' }, { replay: { of: 'root', delivered: [], nothingRenamed: true } }],
    ['what was not delivered', { replayOf: 'root', undelivered: '["B"]' }, { replay: { of: 'root', delivered: [], undelivered: ['B'] } }],
    ['no names of what was not delivered', { replayOf: 'root', undelivered: '[1]' }, { replay: { of: 'root', delivered: [] } }],
    ['another word', { replayOf: 'root', nothingRenamed: 'yes' }, { replay: { of: 'root', delivered: [] } }],
    ['no origin', { delivered: '[]' }, { unreadable: 'replayOf' }],
    ['an empty origin', { replayOf: '' }, { unreadable: 'replayOf' }],
    ['an origin of no SQS id', { replayOf: 'x'.repeat(101) }, { unreadable: 'replayOf' }],
    ['a list cut off', { replayOf: 'root', delivered: '[{"mapping":"A","transa' }, { replay: { of: 'root', delivered: [] }, unreadable: 'delivered' }],
    ['an object for a list', { replayOf: 'root', delivered: '{}' }, { unreadable: 'delivered' }],
    ['a list with half an item', { replayOf: 'root', delivered: '[{"mapping":"A","transactionId":"t"},{"mapping":"B"}]' }, { replay: { of: 'root', delivered: [] }, unreadable: 'delivered' }],
    ['an empty list text', { replayOf: 'root', delivered: '' }, { unreadable: 'delivered' }],
  ])('of a replay with %s, says what can not be read', (_, values, expected) => {
    expect(queuedEvent(recordOf({ messageAttributes: attributes(values) }), NOW)).toMatchObject(expected);
  });

  it('takes a replay\'s binary attributes for unreadable', () => {
    const binary = { dataType: 'Binary' as const, binaryValue: 'AA==' };

    expect(queuedEvent(recordOf({ messageAttributes: { replayOf: binary } }), NOW)).toMatchObject({ unreadable: 'replayOf' });
    expect(queuedEvent(recordOf({ messageAttributes: { ...attributes({ replayOf: 'root' }), delivered: binary } }), NOW)).toMatchObject({ unreadable: 'delivered' });
  });

  it('never throws, whatever body and attributes a record of any origin has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.dictionary(fc.constantFrom('acceptedAt', 'encoding', 'replayOf', 'delivered', 'replayId', 'nothingRenamed', 'undelivered', 'other'), fc.oneof(fc.string(), fc.json(), fc.constant('base64'))), (body, values) => {
        const queued = queuedEvent(recordOf({ body, messageAttributes: attributes(values) }), NOW);
        expect(queued.body).toBe(body);
        expect(queued.acceptedAt).toBeLessThanOrEqual(queued.sentAt);
        expect(() => new Date(queued.acceptedAt).toISOString()).not.toThrow();
      }),
    );
  });
});
