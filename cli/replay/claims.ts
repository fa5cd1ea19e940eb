import { PutObjectCommand } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { messageOf } from '../../lambda/error-text.ts';
import { ledgerKey } from '../../lambda/forward/ledger.ts';
import { jsonLines } from '../json-text.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import type { LedgerObject } from '../ledger/plan-ledger.ts';
import { readLines } from '../ledger/read-lines.ts';
import { readReplayRecord } from '../ledger/replay-record.ts';
import type { ReplayReason, ReplayRecord } from '../ledger/replay-record.ts';
import { OperatorError } from '../operator/operator-error.ts';
import type { Operator } from '../operator/operator.ts';

type Bucket = Pick<Operator, 's3' | 'bucket'>;

/** Events that one run has claimed: no other run sends them. */
export interface Claim {
  /** Of the claimed events those that another run has claimed since this run began; they are the other's, or nobody's. */
  readonly taken: ReadonlySet<string>;
  /** What there is to record at last; what is left out was never queued, and is open again. */
  settle(records: readonly ReplayRecord[]): Promise<void>;
}

/** One run's claims on events. */
export interface Claims {
  claim(records: readonly ReplayRecord[]): Promise<Claim>;
}

/** Format of a record. */
const RECORD_VERSION = 1;
/** Another run's clock may be that late, in milliseconds. */
const CLOCKS_MS = 60 * 60_000;
const compress = promisify(gzip);

/**
 * Claims are objects under `replays/`, written before an event is queued. S3 shows an object to everybody as soon as it is
 * written: of two runs that claim one event at once, the later one at least sees the other's claim. So none is queued twice,
 * whatever moment a run is killed at.
 * @param startedAt epoch milliseconds, before it was read what is open
 */
export async function openClaims(bucket: Bucket, reason: ReplayReason, startedAt: number, now: () => number): Promise<Claims> {
  const known = new Set((await recordsSince(bucket, startedAt)).map(({ key }) => key));
  const taken = new Set<string>();
  return {
    async claim(records) {
      const key = ledgerKey('replays', now(), randomUUID());
      known.add(key);
      await write(bucket, key, records, reason);
      const others = (await recordsSince(bucket, startedAt)).filter((object) => !known.has(object.key));
      for (const root of await rootsIn(bucket, others)) taken.add(root);
      for (const other of others) known.add(other.key);
      return {
        taken: new Set(records.map(({ root }) => root).filter((root) => taken.has(root))),
        settle: (settled) => write(bucket, key, settled, reason),
      };
    },
  };
}

/** For events that need no claim: they ended well. */
export function writeReplayRecords(bucket: Bucket, records: readonly ReplayRecord[], reason: ReplayReason, at: number): Promise<void> {
  return write(bucket, ledgerKey('replays', at, randomUUID()), records, reason);
}

async function recordsSince(bucket: Bucket, startedAt: number): Promise<readonly LedgerObject[]> {
  return (await planLedger(bucket, { prefixes: ['replays'], from: startedAt - CLOCKS_MS, to: Number.POSITIVE_INFINITY })).objects;
}

async function rootsIn(bucket: Bucket, objects: readonly LedgerObject[]): Promise<ReadonlySet<string>> {
  const roots = new Set<string>();
  const onDamaged = async ({ message }: { readonly message: string }): Promise<void> => {
    throw new OperatorError(`${message} It may tell what another run has just sent, so nothing more was sent.`);
  };
  for await (const { texts } of readLines(bucket, objects, { onDamaged })) {
    for (const text of texts) roots.add(readReplayRecord(text)?.root ?? '');
  }
  return roots;
}

/** @throws OperatorError if it can't be written */
async function write({ s3, bucket }: Bucket, Key: string, records: readonly ReplayRecord[], reason: ReplayReason): Promise<void> {
  const text = jsonLines(records.map((record) => ({ v: RECORD_VERSION, ...record, ...reason })));
  try {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: await compress(text), ContentType: 'application/gzip' }));
  } catch (error) {
    throw new OperatorError(`What is replayed can't be recorded in the bucket ${bucket} (${messageOf(error)}), so nothing more is sent. Mend that, and run it again.`, { cause: error });
  }
}
