import { describe, expect, it } from '@jest/globals';
import type { SendMessageBatchCommand, SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';

import { enqueue } from '../../../lambda/ingest/enqueue.ts';
import type { EnqueueDeps } from '../../../lambda/ingest/enqueue.ts';
import { SQS_MAX_BATCH_ENTRIES } from '../../../lambda/limits.ts';
import { bytesOf } from '../../../lambda/message.ts';

type Verdict = 'stored' | 'failed' | 'sender_fault' | 'forgotten';

interface Queue {
  readonly deps: EnqueueDeps;
  readonly stored: string[];
  readonly requests: SendMessageBatchRequestEntry[][];
  readonly pauses: number[];
}

/** An SQS that decides each entry's fate, and keeps what it took. */
function queue(decide: (entry: SendMessageBatchRequestEntry, request: number) => Verdict | 'throw'): Queue {
  const stored: string[] = [];
  const requests: SendMessageBatchRequestEntry[][] = [];
  const pauses: number[] = [];
  const send = async (command: SendMessageBatchCommand): Promise<unknown> => {
    const entries = command.input.Entries ?? [];
    const request = requests.push(entries);
    const verdicts = entries.map((entry) => ({ entry, verdict: decide(entry, request) }));
    if (verdicts.some(({ verdict }) => verdict === 'throw')) throw new Error('connection reset');
    const taken = verdicts.filter(({ verdict }) => verdict === 'stored');
    for (const { entry } of taken) stored.push(textOf(entry));
    return {
      Successful: taken.map(({ entry }) => ({ Id: entry.Id, MessageId: `id-${textOf(entry)}` })),
      Failed: verdicts.flatMap(({ entry, verdict }) =>
        verdict === 'failed' || verdict === 'sender_fault' ? [{ Id: entry.Id, SenderFault: verdict === 'sender_fault', Code: 'Oops' }] : [],
      ),
    };
  };
  const deps: EnqueueDeps = {
    sqs: { send } as unknown as Pick<SQSClient, 'send'>,
    queueUrl: 'http://queue',
    now: () => Date.parse('2026-11-22T10:00:00Z'),
    random: () => 0.5,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    onFailure: () => undefined,
  };
  return { deps, stored, requests, pauses };
}

function textOf(entry: SendMessageBatchRequestEntry): string {
  const encoding = entry.MessageAttributes?.['encoding']?.StringValue === 'base64' ? 'base64' : 'text';
  return bytesOf({ body: entry.MessageBody ?? '', encoding }).toString();
}

/** Far enough ahead of the queue's clock. */
const DEADLINE = Date.parse('2026-11-22T10:00:08Z');

const events = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.from(`{"n":${index}}`));
const texts = (count: number): string[] => events(count).map(String);

describe('enqueue', () => {
  it('stores each event as one message with its exact bytes and when it was accepted', async () => {
    const { deps, requests } = queue(() => 'stored');

    const result = await enqueue([Buffer.from('{ "a" : 1.0 }')], DEADLINE, deps);

    expect(result).toEqual({ stored: ['id-{ "a" : 1.0 }'], failed: 0 });
    expect(requests).toEqual([
      [{ Id: '0', MessageBody: '{ "a" : 1.0 }', MessageAttributes: { acceptedAt: { DataType: 'String', StringValue: '2026-11-22T10:00:00.000Z' } } }],
    ]);
  });

  it('asks for nothing when there is nothing', async () => {
    const { deps, requests } = queue(() => 'stored');

    expect(await enqueue([], DEADLINE, deps)).toEqual({ stored: [], failed: 0 });
    expect(requests).toEqual([]);
  });

  it('sends again only the entries that a 200 lists as failed', async () => {
    const { deps, stored, requests, pauses } = queue((entry, request) => (request === 1 && textOf(entry) === '{"n":3}' ? 'failed' : 'stored'));

    const result = await enqueue(events(10), DEADLINE, deps);

    expect(result.failed).toBe(0);
    expect(stored.toSorted()).toEqual(texts(10));
    expect(requests.map((entries) => entries.length)).toEqual([10, 1]);
    expect(pauses).toEqual([50]);
  });

  it('takes an entry the answer forgets for not stored', async () => {
    const { deps, stored } = queue((entry, request) => (request === 1 && textOf(entry) === '{"n":0}' ? 'forgotten' : 'stored'));

    expect(await enqueue(events(2), DEADLINE, deps)).toMatchObject({ failed: 0 });
    expect(stored.toSorted()).toEqual(texts(2));
  });

  it('never sends a sender fault again unchanged: in base64 once, then not at all', async () => {
    const isText = (entry: SendMessageBatchRequestEntry): boolean => entry.MessageAttributes?.['encoding'] === undefined;
    const mended = queue((entry) => (isText(entry) ? 'sender_fault' : 'stored'));
    const hopeless = queue(() => 'sender_fault');

    expect(await enqueue(events(1), DEADLINE, mended.deps)).toMatchObject({ failed: 0 });
    expect(mended.stored).toEqual(texts(1));
    expect(await enqueue(events(1), DEADLINE, hopeless.deps)).toMatchObject({ failed: 1 });
    expect(hopeless.requests).toHaveLength(2);
  });

  it('tries a failed request three times, then says how much is not stored', async () => {
    const { deps, requests, pauses } = queue(() => 'throw');

    expect(await enqueue(events(4), DEADLINE, deps)).toEqual({ stored: [], failed: 4 });
    expect(requests).toHaveLength(3);
    expect(pauses).toEqual([50, 100]);
  });

  it('sends nothing again after the deadline, of which the queue may have everything', async () => {
    const { deps, requests } = queue(() => 'stored');
    const taken: string[] = [];
    const hanging = (command: SendMessageBatchCommand, { abortSignal }: { abortSignal: AbortSignal }): Promise<unknown> => {
      taken.push(...(command.input.Entries ?? []).map(textOf));
      return new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(new Error('aborted'))));
    };

    const result = await enqueue(events(200), deps.now() + 50, { ...deps, sqs: { send: hanging } as unknown as Pick<SQSClient, 'send'> });

    expect(result).toEqual({ stored: [], failed: 200 });
    expect(requests).toEqual([]);
    // Eight requests of ten were under way; nothing was begun or repeated after that.
    expect(taken.toSorted()).toEqual(texts(80).toSorted());
  });

  it('says stored of exactly what the queue holds, however the queue behaves', async () => {
    const verdict = fc.constantFrom<Verdict | 'throw'>('stored', 'stored', 'stored', 'failed', 'sender_fault', 'forgotten', 'throw');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.infiniteStream(verdict), async (count, verdicts) => {
        const { deps, stored, requests } = queue(() => verdicts.next().value ?? 'stored');

        const result = await enqueue(events(count), DEADLINE, deps);

        expect(result.stored.map((id) => id.slice('id-'.length)).toSorted()).toEqual(stored.toSorted());
        expect(result.stored.length + result.failed).toBe(count);
        expect(new Set(stored).size).toBe(stored.length);
        expect(requests.every((entries) => entries.length <= SQS_MAX_BATCH_ENTRIES)).toBe(true);
      }),
    );
  });
});
