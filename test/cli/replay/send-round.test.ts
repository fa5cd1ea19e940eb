import { describe, expect, it } from '@jest/globals';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SendMessageBatchRequestEntry, SendMessageBatchResult } from '@aws-sdk/client-sqs';

import type { Operator } from '../../../cli/operator/operator.ts';
import { sendRound } from '../../../cli/replay/send-round.ts';
import type { Outgoing } from '../../../cli/replay/send-round.ts';
import { toMessage } from '../../../lambda/message.ts';

const ACCEPTED_AT = '2026-11-20T12:00:00.000Z';

type Answer = (entries: readonly SendMessageBatchRequestEntry[], request: number) => Partial<SendMessageBatchResult>;

const all = (entries: readonly SendMessageBatchRequestEntry[]) => ({ Successful: entries.map(({ Id, MessageBody }) => ({ Id, MessageId: `new ${MessageBody}`, MD5OfMessageBody: '' })) });

async function send(outgoing: readonly Outgoing[], answer: Answer) {
  const requests: (readonly SendMessageBatchRequestEntry[])[] = [];
  const sqs = {
    send: async (command: unknown) => {
      const entries = command instanceof SendMessageBatchCommand ? (command.input.Entries ?? []) : [];
      return answer(entries, requests.push(entries) - 1);
    },
  };
  const round = await sendRound({ sqs: { send: sqs.send as Operator['sqs']['send'] }, queueUrl: 'queue' }, outgoing);
  return { requests, ...round };
}

const outgoing = (count: number): Outgoing[] => Array.from({ length: count }, (_, index) => ({ root: `root-${index}`, message: { ...toMessage(Buffer.from(`${index}`), ACCEPTED_AT), replay: { of: `root-${index}`, delivered: [] } } }));

describe('sendRound', () => {
  it('sends ten at a time, with the past of each, and says under which id', async () => {
    const { requests, sent, unsent } = await send(outgoing(25), all);

    expect(requests.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(requests[0]?.[0]?.MessageAttributes).toEqual({ acceptedAt: { DataType: 'String', StringValue: ACCEPTED_AT }, replayOf: { DataType: 'String', StringValue: 'root-0' } });
    expect(sent).toHaveLength(25);
    expect(sent).toContainEqual({ root: 'root-7', sqsMessageId: 'new 7' });
    expect(unsent).toEqual([]);
  });

  it('tries again what SQS did not take, and only that', async () => {
    const { requests, sent } = await send(outgoing(3), (entries, request) => {
      if (request > 0) return all(entries);
      return { ...all(entries.slice(1)), Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }] };
    });

    expect(requests.map((entries) => entries.map(({ MessageBody }) => MessageBody))).toEqual([['0', '1', '2'], ['0']]);
    expect(sent.map(({ root }) => root).toSorted()).toEqual(['root-0', 'root-1', 'root-2']);
  });

  it('sends in base64 what SQS refuses as text', async () => {
    const { requests, sent } = await send(outgoing(1), (entries, request) => (request > 0 ? all(entries) : { Failed: [{ Id: '0', Code: 'InvalidMessageContents', SenderFault: true }] }));

    expect(requests[1]?.[0]).toMatchObject({ MessageBody: 'MA==', MessageAttributes: { encoding: { StringValue: 'base64' }, replayOf: { StringValue: 'root-0' } } });
    expect(sent).toHaveLength(1);
  });

  it('gives up on what SQS never takes', async () => {
    const { requests, unsent } = await send(outgoing(2), (entries) => ({ ...all(entries.filter(({ MessageBody }) => MessageBody !== '0')), Failed: [{ Id: '0', Code: 'Throttled', SenderFault: false }] }));

    expect(requests).toHaveLength(3);
    expect(unsent.map(({ root }) => root)).toEqual(['root-0']);
  });

  it('knows that a refused request left nothing in the queue', async () => {
    const error = Object.assign(new Error('Access Denied'), { $metadata: { httpStatusCode: 403 } });
    const { unsent, unclear } = await send(outgoing(5), () => {
      throw error;
    });

    expect({ unsent: unsent.length, unclear: unclear.length }).toEqual({ unsent: 5, unclear: 0 });
  });

  it('keeps what is in the queue apart from what an error may have left outside', async () => {
    const error = new Error('no network');
    const { sent, unsent, unclear, error: thrown } = await send(outgoing(25), (entries, request) => {
      if (request === 1) throw error;
      return all(entries);
    });

    expect({ sent: sent.length, unsent: unsent.length, unclear: unclear.length, thrown }).toEqual({ sent: 15, unsent: 0, unclear: 10, thrown: error });
  });
});
