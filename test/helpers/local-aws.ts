import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';

import { openLocalOperator } from '../../cli/operator/local-operator.ts';
import { readLedger } from '../../cli/ledger/read-ledger.ts';
import type { LedgerEntry } from '../../cli/ledger/read-ledger.ts';
import { ioDouble } from '../cli/io-double.ts';

/** The queue and the bucket of a local run, as somebody else with access to them uses them. */
export interface LocalAws {
  /** Puts a message into the events queue past the webhook; gives its id. */
  put(body: string, attributes?: Readonly<Record<string, MessageAttributeValue>>): Promise<string>;
  /** Every line of archive and quarantine, the older first. */
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Takes the bucket away, so that nothing can be written to it; it must be empty. */
  takeBucket(): Promise<void>;
  giveBucket(): Promise<void>;
  close(): void;
}

/** Of the local run on this data folder. */
export async function openLocalAws(dataFolder: string): Promise<LocalAws> {
  const operator = await openLocalOperator(undefined, ioDouble(dataFolder, { environment: { BRIDGE_DATA: dataFolder } }).io);
  const { s3, sqs, queueUrl, bucket } = operator;
  return {
    async put(body, attributes) {
      const { MessageId = '' } = await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes: { ...attributes } }));
      return MessageId;
    },
    async ledger() {
      const entries: LedgerEntry[] = [];
      for await (const entry of readLedger(operator, { prefixes: ['archive', 'quarantine'], from: 0, to: Number.MAX_SAFE_INTEGER })) entries.push(entry);
      return entries.toSorted((one, other) => (one.line.at < other.line.at ? -1 : 1));
    },
    takeBucket: async () => void (await s3.send(new DeleteBucketCommand({ Bucket: bucket }))),
    giveBucket: async () => void (await s3.send(new CreateBucketCommand({ Bucket: bucket }))),
    close: () => operator.close(),
  };
}

/** A text of SQS's attributes. */
export function textAttribute(text: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: text };
}

/** Waits for what gives no event of its own and has to be asked for; the test's own timeout ends a wait in vain. */
export async function untilAsked(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}
