import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';

import { ownMember } from '../../lambda/json-value.ts';
import { packMessages } from '../../lambda/ingest/pack-messages.ts';
import { bytesOf, messageAttributes, toBase64Message } from '../../lambda/message.ts';
import type { QueueMessage } from '../../lambda/message.ts';
import { forEachAtOnce } from '../../lambda/pool.ts';
import type { Operator } from '../operator/operator.ts';

/** An event on its way back to the queue. */
export interface Outgoing {
  readonly root: string;
  readonly message: QueueMessage;
  /** Keys of its earlier replays that are given up. */
  readonly instead?: readonly string[] | undefined;
}

/** What became of a round. */
export interface Round {
  readonly sent: readonly { readonly root: string; readonly sqsMessageId: string }[];
  /** Not in the queue: SQS said so. */
  readonly unsent: readonly Outgoing[];
  /** Perhaps in the queue: there was no answer. */
  readonly unclear: readonly Outgoing[];
  /** What the first request that failed as a whole threw. */
  readonly error?: unknown;
}

const REQUESTS_AT_ONCE = 4;
/** How often an entry that SQS didn't take is tried. */
const MAX_TRIES = 3;

/** Puts events into the queue; the SDK has its own retries for requests that fail. */
export async function sendRound(operator: Pick<Operator, 'sqs' | 'queueUrl'>, outgoing: readonly Outgoing[]): Promise<Round> {
  const sent: Round['sent'][number][] = [];
  const unclear: Outgoing[] = [];
  const errors: unknown[] = [];
  let unsent = outgoing;
  for (let attempt = 1; unsent.length > 0 && attempt <= MAX_TRIES && errors.length === 0; attempt += 1) {
    const left: Outgoing[] = [];
    await forEachAtOnce(packMessages(unsent), REQUESTS_AT_ONCE, async (request) => {
      try {
        const answer = await sendRequest(operator, request);
        sent.push(...answer.sent);
        left.push(...answer.unsent);
      } catch (thrown) {
        errors.push(thrown);
        (isRefusal(thrown) ? left : unclear).push(...request);
      }
    });
    unsent = left;
  }
  return { sent, unsent, unclear, error: errors[0] };
}

async function sendRequest({ sqs, queueUrl }: Pick<Operator, 'sqs' | 'queueUrl'>, request: readonly Outgoing[]): Promise<Pick<Round, 'sent' | 'unsent'>> {
  const Entries = request.map(({ message }, index) => ({ Id: String(index), MessageBody: message.body, MessageAttributes: { ...messageAttributes(message) } }));
  const { Successful = [], Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  const ids = new Map(Successful.map(({ Id, MessageId }) => [Id, MessageId]));
  const failures = new Map(Failed.map((failure) => [failure.Id, failure]));
  const sent: Round['sent'][number][] = [];
  const unsent: Outgoing[] = [];
  for (const [index, one] of request.entries()) {
    const sqsMessageId = ids.get(String(index));
    if (sqsMessageId === undefined) unsent.push(changed(one, failures.get(String(index))));
    else sent.push({ root: one.root, sqsMessageId });
  }
  return { sent, unsent };
}

/** An answer that the request itself is wrong, or not allowed: then nothing of it was stored. */
function isRefusal(error: unknown): boolean {
  const status = ownMember(ownMember(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' && status >= 400 && status < 500;
}

/** A text that SQS refuses all the same goes as base64, as at ingest. */
function changed(one: Outgoing, failure: BatchResultErrorEntry | undefined): Outgoing {
  const { message } = one;
  if (failure?.SenderFault !== true || message.encoding === 'base64') return one;
  return { ...one, message: { ...toBase64Message(bytesOf(message), message.acceptedAt), replay: message.replay } };
}
