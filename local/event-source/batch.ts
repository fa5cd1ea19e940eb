import type { SQSRecord } from 'aws-lambda';
import { LAMBDA_MAX_PAYLOAD_BYTES } from '../../lambda/limits.ts';

const EMPTY_EVENT_BYTES = Buffer.byteLength('{"Records":[]}');

/** Records gathered for one invocation. */
export interface Batch {
  readonly records: readonly SQSRecord[];
  /** The size of the event that carries them, in bytes of JSON. */
  readonly payloadBytes: number;
  /** The largest record seen so far, in bytes of JSON. */
  readonly largestBytes: number;
  /** Received, but over the payload: they open the next batch. */
  readonly left: readonly SQSRecord[];
}

export const EMPTY_BATCH: Batch = { records: [], payloadBytes: EMPTY_EVENT_BYTES, largestBytes: 0, left: [] };

/**
 * Adds what fits, in order. The first record that would take the batch over `maxRecords` or over Lambda's payload, and all
 * after it, are left. A batch always takes its first record.
 */
export function fillBatch(batch: Batch, arrivals: readonly SQSRecord[], maxRecords: number): Batch {
  const records = [...batch.records];
  let { payloadBytes, largestBytes } = batch;
  for (const [index, record] of arrivals.entries()) {
    const recordBytes = Buffer.byteLength(JSON.stringify(record)) + (records.length > 0 ? ','.length : 0);
    const isOver = records.length >= maxRecords || payloadBytes + recordBytes > LAMBDA_MAX_PAYLOAD_BYTES;
    if (isOver && records.length > 0) return { records, payloadBytes, largestBytes, left: arrivals.slice(index) };
    records.push(record);
    payloadBytes += recordBytes;
    largestBytes = Math.max(largestBytes, recordBytes);
  }
  return { records, payloadBytes, largestBytes, left: [] };
}
