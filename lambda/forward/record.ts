import { isUtf8 } from 'node:buffer';
import type { SQSRecord } from 'aws-lambda';

import { ACCEPTED_AT, bytesOf, ENCODING } from '../message.ts';
import type { QueueMessage } from '../message.ts';
import { readReplay } from './replay.ts';
import type { ReadReplay } from './replay.ts';

/** An event as it comes out of the queue. */
export interface QueuedEvent extends ReadReplay {
  readonly sqsMessageId: string;
  readonly receiptHandle: string;
  /** How often the queue has handed it out, this time included. */
  readonly receiveCount: number;
  /** When the queue first handed it out, epoch milliseconds, SQS's clock, at most now. */
  readonly firstReceivedAt: number;
  /** When it entered this queue, epoch milliseconds, SQS's clock, at most now. */
  readonly sentAt: number;
  /** When ingest accepted it, epoch milliseconds; a replay keeps it. */
  readonly acceptedAt: number;
  /** The message's body as it travels. */
  readonly body: string;
  readonly encoding: QueueMessage['encoding'];
  /** The event's text; undefined if its bytes are not UTF-8, and so not JSON. */
  readonly text: string | undefined;
}

/**
 * Reads a record of any origin: one that ingest didn't write has no `acceptedAt`, and counts from when SQS took it.
 * @param now epoch milliseconds; stands in for a time that isn't there
 */
export function queuedEvent(record: SQSRecord, now: number): QueuedEvent {
  const claimedAt = Number(record.attributes.SentTimestamp);
  const sentAt = claimedAt > 0 ? Math.min(claimedAt, now) : now;
  const acceptedAt = Date.parse(record.messageAttributes[ACCEPTED_AT]?.stringValue ?? '');
  const encoding = record.messageAttributes[ENCODING]?.stringValue === 'base64' ? 'base64' : 'text';
  const { replay, unreadable } = readReplay(record.messageAttributes);
  return {
    sqsMessageId: record.messageId,
    receiptHandle: record.receiptHandle,
    receiveCount: Number(record.attributes.ApproximateReceiveCount) || 1,
    firstReceivedAt: Math.min(Number(record.attributes.ApproximateFirstReceiveTimestamp) || now, now),
    sentAt,
    // Nothing was accepted after it was queued: a later claim must not outwit the guard against old events.
    acceptedAt: Number.isNaN(acceptedAt) ? sentAt : Math.min(acceptedAt, sentAt),
    body: record.body,
    encoding,
    text: encoding === 'text' ? record.body : decode(record.body),
    replay,
    unreadable,
  };
}

function decode(body: string): string | undefined {
  const bytes = bytesOf({ body, encoding: 'base64' });
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
