import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { BatchResultErrorEntry, SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';

import { errorName } from '../error-text.ts';
import { messageAttributes, toBase64Message, toMessage } from '../message.ts';
import type { QueueMessage } from '../message.ts';
import { forEachAtOnce } from '../pool.ts';
import { packMessages } from './pack-messages.ts';

/** Requests under way at once. */
const CONCURRENT_BATCHES = 8;
/** How often an entry is tried; beyond that Segment's own retry is the better one. */
const MAX_TRIES = 3;
/** Longest pause before the second try, in milliseconds; doubled before the third. */
const RETRY_PAUSE_MS = 100;

export interface EnqueueDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Told the class of each failed request, never its content. */
  readonly onFailure: (failure: { readonly code: string; readonly entries: number }) => void;
}

export interface Enqueued {
  /** SQS message ids, in no order. */
  readonly stored: readonly string[];
  /** How many events are not in the queue. */
  readonly failed: number;
}

interface Entry {
  readonly bytes: Buffer;
  readonly message: QueueMessage;
}

/**
 * Stores each event as one SQS message. An answer of 200 may still list entries that failed: those are tried again. An
 * entry that SQS calls the sender's fault is never sent again unchanged, only in base64. What is under way at the deadline
 * counts as not stored and isn't sent again: SQS may have it, and Segment resends the whole request anyway.
 * @param deadline epoch milliseconds
 */
export async function enqueue(events: readonly Buffer[], deadline: number, deps: EnqueueDeps): Promise<Enqueued> {
  const acceptedAt = new Date(deps.now()).toISOString();
  const batches = packMessages(events.map((bytes) => ({ bytes, message: toMessage(bytes, acceptedAt) })));
  const stored: string[] = [];
  const abortSignal = AbortSignal.timeout(Math.max(1, deadline - deps.now()));
  await forEachAtOnce(batches, CONCURRENT_BATCHES, async (batch) => {
    stored.push(...(await storeBatch(batch, deps, abortSignal)));
  });
  return { stored, failed: events.length - stored.length };
}

async function storeBatch(batch: readonly Entry[], deps: EnqueueDeps, abortSignal: AbortSignal): Promise<string[]> {
  const stored: string[] = [];
  let requests: readonly (readonly Entry[])[] = [batch];
  for (let attempt = 1; requests.length > 0 && attempt <= MAX_TRIES && !abortSignal.aborted; attempt += 1) {
    if (attempt > 1) await deps.sleep(deps.random() * RETRY_PAUSE_MS * 2 ** (attempt - 2));
    const outcomes = await Promise.all(requests.map((request) => sendOnce(request, deps, abortSignal)));
    stored.push(...outcomes.flatMap((outcome) => outcome.stored));
    // Base64 is larger than the text it replaces, so a second try may need more than one request.
    requests = packMessages(outcomes.flatMap(({ again }) => again));
  }
  return stored;
}

async function sendOnce(batch: readonly Entry[], deps: EnqueueDeps, abortSignal: AbortSignal): Promise<{ stored: string[]; again: Entry[] }> {
  const Entries = batch.map(({ message }, index) => requestEntry(message, index));
  try {
    const answer = await deps.sqs.send(new SendMessageBatchCommand({ QueueUrl: deps.queueUrl, Entries }), { abortSignal });
    const stored = new Map((answer.Successful ?? []).map(({ Id, MessageId }) => [Id, MessageId ?? '']));
    const failures = new Map((answer.Failed ?? []).map((failure) => [failure.Id, failure]));
    const again = batch.flatMap((entry, index) => (stored.has(String(index)) ? [] : changedForRetry(entry, failures.get(String(index)), deps)));
    return { stored: [...stored.values()], again };
  } catch (error) {
    // The SDK has already retried what a retry can cure; a whole request is tried again because its cause may have passed.
    deps.onFailure({ code: errorName(error), entries: batch.length });
    return { stored: [], again: [...batch] };
  }
}

function changedForRetry(entry: Entry, failure: BatchResultErrorEntry | undefined, { onFailure }: EnqueueDeps): Entry[] {
  const isMendable = failure?.SenderFault === true && entry.message.encoding === 'text';
  if (!isMendable) onFailure({ code: failure?.Code ?? 'unknown', entries: 1 });
  if (failure?.SenderFault !== true) return [entry];
  if (!isMendable) return [];
  return [{ bytes: entry.bytes, message: toBase64Message(entry.bytes, entry.message.acceptedAt) }];
}

function requestEntry(message: QueueMessage, index: number): SendMessageBatchRequestEntry {
  return { Id: String(index), MessageBody: message.body, MessageAttributes: { ...messageAttributes(message) } };
}
