import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_BYTES } from '../limits.ts';
import { messageBytes } from '../message.ts';
import type { QueueMessage } from '../message.ts';

/**
 * Cuts messages, in order, into SendMessageBatch requests: at most 10 entries and 1 MiB each. A message over the limit by
 * itself gets a request of its own, which SQS refuses.
 */
export function packMessages<T extends { readonly message: QueueMessage }>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let batchBytes = 0;
  for (const entry of entries) {
    const bytes = messageBytes(entry.message);
    if (batch.length > 0 && (batch.length === SQS_MAX_BATCH_ENTRIES || batchBytes + bytes > SQS_MAX_BYTES)) {
      batches.push(batch);
      batch = [];
      batchBytes = 0;
    }
    batch.push(entry);
    batchBytes += bytes;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
