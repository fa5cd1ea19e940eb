import { ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';

import { chunks } from '../chunks.ts';
import { SQS_MAX_BATCH_ENTRIES } from '../limits.ts';
import { forEachAtOnce } from '../pool.ts';
import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import { returnDelaySeconds } from './backoff.ts';
import type { Settled } from './settle.ts';

export interface ReturnLaterDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly retryDelaysMinutes: readonly number[];
  readonly random: () => number;
  readonly telemetry: Telemetry;
}

/** Longest time for all of them, in milliseconds: what isn't hidden by then waits for the queue's own visibility. */
const TIMEOUT_MS = 1_500;
/** Requests under way at once. */
const CONCURRENT_BATCHES = 10;

/**
 * Hides returned events for their back-off. With partial batch failures Lambda doesn't slow its polling, so in an outage
 * this is what does. A failure here is harmless: the queue's own visibility timeout then is the delay.
 */
export async function returnLater(settled: readonly Settled[], deps: ReturnLaterDeps): Promise<void> {
  const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
  await forEachAtOnce(chunks(settled, SQS_MAX_BATCH_ENTRIES), CONCURRENT_BATCHES, (batch) => hide(batch, deps, abortSignal));
}

async function hide(batch: readonly Settled[], deps: ReturnLaterDeps, abortSignal: AbortSignal): Promise<void> {
  const Entries = batch.flatMap(({ queued, fate }, index) => {
    if (fate.kind !== 'returned') return [];
    const VisibilityTimeout = returnDelaySeconds(fate.cause, queued.receiveCount, deps.retryDelaysMinutes, deps.random());
    return [{ Id: String(index), ReceiptHandle: queued.receiptHandle, VisibilityTimeout }];
  });
  if (Entries.length === 0) return;
  try {
    const answer = await deps.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: deps.queueUrl, Entries }), { abortSignal });
    const failed = answer.Failed?.length ?? 0;
    if (failed > 0) deps.telemetry.warn('back_off_not_set', { entries: failed, code: answer.Failed?.[0]?.Code });
  } catch (error) {
    deps.telemetry.warn('back_off_not_set', { entries: Entries.length, code: errorName(error) });
  }
}
