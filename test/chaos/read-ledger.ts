import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { gunzipSync } from 'node:zlib';

import { startQueueAndBucket } from '../../local/queue-and-bucket.ts';
import { idIn } from './planned-event.ts';

/** What the account needs of a ledger line. */
export interface LedgerFact {
  readonly sqsMessageId: string;
  /** Of the planned event in it. */
  readonly eventId: string | undefined;
  readonly fate: string;
  readonly reason: string | undefined;
  /** Transaction ids of the usage events that were delivered, in order. */
  readonly delivered: readonly string[];
  /** ISO 8601 of the writing. */
  readonly at: string;
}

const ACCESS_KEY_ID = 'chaos';

/** Every line of the ledger in the data folder of a local run that has ended. */
export async function readLedgerOf(folder: string): Promise<readonly LedgerFact[]> {
  const store = await startQueueAndBucket(folder, ACCESS_KEY_ID, { visibilityTimeoutSeconds: 1, maxReceiveCount: 1000 });
  const s3 = new S3Client({ endpoint: store.endpoint, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: 'local' } });
  try {
    const facts: LedgerFact[] = [];
    for (const key of await keysIn(s3, store.bucket)) facts.push(...(await linesOf(s3, store.bucket, key)));
    return facts;
  } finally {
    s3.destroy();
    await store.stop();
  }
}

async function keysIn(s3: S3Client, bucket: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

async function linesOf(s3: S3Client, bucket: string, key: string): Promise<readonly LedgerFact[]> {
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = await object.Body?.transformToByteArray();
  const text = gunzipSync(bytes ?? new Uint8Array()).toString();
  return ledgerFacts(text);
}

/** From NDJSON. */
export function ledgerFacts(text: string): readonly LedgerFact[] {
  return text.split('\n').filter((line) => line !== '').map(factOf);
}

/** A line, as far as it is read here. */
interface Line {
  readonly sqsMessageId: string;
  readonly fate: string;
  readonly reason?: string;
  readonly at: string;
  readonly usage: readonly { readonly verdict: string; readonly transactionId?: string }[];
  readonly event: unknown;
  readonly eventEncoding?: string;
}

function factOf(line: string): LedgerFact {
  const { sqsMessageId, fate, reason, at, usage, event, eventEncoding } = JSON.parse(line) as Line;
  const text = eventEncoding === 'base64' ? Buffer.from(String(event), 'base64').toString() : JSON.stringify(event);
  const delivered = usage.flatMap(({ verdict, transactionId }) => (verdict === 'delivered' && transactionId !== undefined ? [transactionId] : []));
  return { sqsMessageId, eventId: idIn(text), fate, reason, delivered, at };
}
