import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { chunks } from '../../lambda/chunks.ts';
import { SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import { pause } from './pause.ts';

const MAX_ROUNDS = 4;
const RETRY_PAUSE_MS = 100;

export interface Undeleted {
  readonly records: readonly SQSRecord[];
  /** The last failure of a whole request, when there was one. */
  readonly cause?: unknown;
}

/** Deletes messages in tens, four rounds at most. What is undeleted after that comes back when its visibility ends. */
export async function deleteMessages(sqs: SQSClient, queueUrl: string, records: readonly SQSRecord[]): Promise<Undeleted> {
  let left: Undeleted = { records };
  for (let round = 1; left.records.length > 0 && round <= MAX_ROUNDS; round += 1) {
    if (round > 1) await pause(RETRY_PAUSE_MS * 2 ** (round - 2));
    const results = await Promise.all(chunks(left.records, SQS_MAX_BATCH_ENTRIES).map((ten) => deleteTen(sqs, queueUrl, ten)));
    left = { records: results.flatMap((result) => result.records), cause: results.find(({ cause }) => cause !== undefined)?.cause };
  }
  return left;
}

async function deleteTen(sqs: SQSClient, queueUrl: string, ten: readonly SQSRecord[]): Promise<Undeleted> {
  const entries = ten.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
  try {
    const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const failed = new Set(Failed.map(({ Id }) => Id));
    return { records: ten.filter((_, index) => failed.has(String(index))) };
  } catch (cause) {
    return { records: ten, cause };
  }
}
