import type { SQSRecord } from 'aws-lambda';
import { LAMBDA_MAX_PAYLOAD_BYTES, SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import { EMPTY_BATCH, fillBatch } from './batch.ts';
import type { Batch } from './batch.ts';
import { pause } from './pause.ts';
import type { Receive } from './receive.ts';

/** Receive calls one worker makes at once while a backlog fills its batch. */
const CALLS_AT_ONCE = 5;
/** The longest poll SQS allows, in seconds. */
const LONG_POLL_SECONDS = 20;

export interface ReceiveBatchOptions {
  readonly receive: Receive;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly stopping: AbortSignal;
  readonly now: () => number;
  /** Told the number of messages each time some arrive. */
  readonly onReceived: (count: number) => void;
}

/**
 * Gathers one batch: until it is full, or would exceed Lambda's payload, or the window since its first message has passed, or
 * the source stops. Empty when an idle poll brought nothing.
 * @param carried what the worker's last batch left.
 */
export async function receiveBatch(options: ReceiveBatchOptions, carried: readonly SQSRecord[]): Promise<Batch> {
  const { receive, batchSize, batchWindowSeconds, stopping, now, onReceived } = options;
  let batch = fillBatch(EMPTY_BATCH, carried, batchSize);
  let windowEnds = batch.records.length > 0 ? now() + batchWindowSeconds * 1000 : undefined;
  let isBacklog = false;

  while (!stopping.aborted && batch.left.length === 0 && batch.records.length < batchSize) {
    const leftMs = windowEnds === undefined ? LONG_POLL_SECONDS * 1000 : windowEnds - now();
    if (leftMs <= 0) break;
    // Polls wait whole seconds: what remains under one is slept, and looked after once more.
    if (leftMs < 1000) await pause(leftMs, stopping);
    if (stopping.aborted) break;

    const waitSeconds = isBacklog ? 0 : Math.min(LONG_POLL_SECONDS, Math.floor(leftMs / 1000));
    const maxMessages: number = isBacklog ? roomFor(batch, batchSize) : Math.min(SQS_MAX_BATCH_ENTRIES, batchSize - batch.records.length);
    const arrived = await receive({ maxMessages, waitSeconds, maxPauseMs: leftMs });
    isBacklog = arrived.length === maxMessages;
    onReceived(arrived.length);
    batch = fillBatch(batch, arrived, batchSize);
    if (batch.records.length === 0) break;
    windowEnds ??= now() + batchWindowSeconds * 1000;
  }
  return batch;
}

/** How many messages to ask for in a backlog: few enough that, if all are large, little is left over to wait its turn. */
function roomFor(batch: Batch, batchSize: number): number {
  const byBytes = Math.floor((LAMBDA_MAX_PAYLOAD_BYTES - batch.payloadBytes) / Math.max(1, batch.largestBytes));
  const most = Math.min(batchSize - batch.records.length, CALLS_AT_ONCE * SQS_MAX_BATCH_ENTRIES);
  return Math.max(1, Math.min(most, byBytes));
}
