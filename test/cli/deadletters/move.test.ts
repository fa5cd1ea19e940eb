import { describe, expect, it } from '@jest/globals';
import type { Message } from '@aws-sdk/client-sqs';

import { moveByHand } from '../../../cli/deadletters/move.ts';
import { SQS_MAX_BYTES } from '../../../lambda/limits.ts';
import { ioDouble } from '../io-double.ts';
import { queueDouble } from './queue-double.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const ACCEPTED = { acceptedAt: text('2026-11-20T12:00:00.000Z') };
const letter = (MessageId: string, MessageAttributes: Message['MessageAttributes'] = ACCEPTED, Body = '{"messageId":"m1"}'): Message => ({ MessageId, Body, MessageAttributes });

async function moved(...letters: readonly Message[]) {
  const double = queueDouble(letters);
  await moveByHand(double.operator, 1_000, ioDouble('/nowhere').io, async () => undefined);
  expect(double.letters).toEqual([]);
  return double.sent;
}

describe('moveByHand', () => {
  it('sends a letter under the id it was accepted as, so that it counts as the same event', async () => {
    const sent = await moved(letter('sqs-1'), letter('sqs-2', { ...ACCEPTED, encoding: text('base64') }, 'AA=='));

    expect(sent).toEqual([
      { Id: '0', MessageBody: '{"messageId":"m1"}', MessageAttributes: { ...ACCEPTED, replayOf: text('sqs-1') } },
      { Id: '1', MessageBody: 'AA==', MessageAttributes: { ...ACCEPTED, encoding: text('base64'), replayOf: text('sqs-2') } },
    ]);
  });

  it.each<[string, Message]>([
    ['a replay, which says by itself what it was', letter('sqs-2', { ...ACCEPTED, replayOf: text('sqs-1'), replayId: text('r-1') })],
    ['a list of what was delivered by nobody knows whom: it stays unreadable, and nothing is sent', letter('sqs-2', { delivered: text('[]') })],
    ['as many attributes as a message may have', letter('sqs-2', Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`name${index}`, text('x')])))],
    ['a message that is as large as one may be', letter('sqs-2', {}, 'x'.repeat(SQS_MAX_BYTES))],
  ])('leaves alone %s', async (_, message) => {
    expect(await moved(message)).toEqual([{ Id: '0', MessageBody: message.Body, MessageAttributes: message.MessageAttributes }]);
  });

  it('packs letters that only just fit into a request with what is added to them', async () => {
    const half = 'x'.repeat(SQS_MAX_BYTES / 2 - 10);

    const sent = await moved(letter('sqs-1', {}, half), letter('sqs-2', {}, half));

    // Each in a request of its own: together they'd be over the limit.
    expect(sent.map(({ Id }) => Id)).toEqual(['0', '0']);
    expect(sent.map(({ MessageAttributes }) => MessageAttributes?.['replayOf']?.StringValue)).toEqual(['sqs-1', 'sqs-2']);
  });
});
