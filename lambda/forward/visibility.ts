import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';

import { chunks } from '../chunks.ts';
import { errorName } from '../error-text.ts';
import { SQS_MAX_BATCH_ENTRIES } from '../limits.ts';
import { forEachAtOnce } from '../pool.ts';
import type { Telemetry } from '../telemetry.ts';
import type { QueuedEvent } from './record.ts';

export interface QueueDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly telemetry: Telemetry;
}

/** An event and for how long it is to be hidden, in whole seconds. */
export interface Hidden {
  readonly queued: QueuedEvent;
  readonly seconds: number;
}

/** Longest time for all of them, in milliseconds. */
const TIMEOUT_MS = 1_500;
/** Requests under way at once. */
const CONCURRENT_BATCHES = 10;

/** Hides events in the queue. A failure is harmless, and logged: the queue's own visibility timeout then is the delay. */
export async function hide(events: readonly Hidden[], { sqs, queueUrl, telemetry }: QueueDeps): Promise<void> {
  await inBatches(events, telemetry, 'back_off_not_set', async (batch, abortSignal) => {
    const Entries = batch.map(({ queued, seconds }, index) => ({ Id: String(index), ReceiptHandle: queued.receiptHandle, VisibilityTimeout: seconds }));
    return sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }), { abortSignal });
  });
}

/** Deletes events at once, before the invocation ends. A failure is harmless, and logged: the answer of the invocation deletes them. */
export async function deleteNow(events: readonly QueuedEvent[], { sqs, queueUrl, telemetry }: QueueDeps): Promise<void> {
  await inBatches(events, telemetry, 'not_deleted_yet', async (batch, abortSignal) => {
    const Entries = batch.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    return sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), { abortSignal });
  });
}

interface BatchAnswer {
  readonly Failed?: readonly { readonly Code?: string | undefined }[] | undefined;
}

async function inBatches<T>(items: readonly T[], telemetry: Telemetry, failure: string, send: (batch: readonly T[], abortSignal: AbortSignal) => Promise<BatchAnswer>): Promise<void> {
  if (items.length === 0) return;
  const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
  await forEachAtOnce(chunks(items, SQS_MAX_BATCH_ENTRIES), CONCURRENT_BATCHES, async (batch) => {
    try {
      const { Failed = [] } = await send(batch, abortSignal);
      if (Failed.length > 0) telemetry.warn(failure, { entries: Failed.length, code: Failed[0]?.Code });
    } catch (error) {
      telemetry.warn(failure, { entries: batch.length, code: errorName(error) });
    }
  });
}
