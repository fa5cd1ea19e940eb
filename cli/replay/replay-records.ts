import { PutObjectCommand } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { messageOf } from '../../lambda/error-text.ts';
import { ledgerKey } from '../../lambda/forward/ledger.ts';
import { jsonLines } from '../json-text.ts';
import type { DamagedObject } from '../ledger/damaged-object.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import { readLines } from '../ledger/read-lines.ts';
import { readReplayRecord } from '../ledger/replay-record.ts';
import type { ReplayReason, ReplayRecord } from '../ledger/replay-record.ts';
import type { Operator } from '../operator/operator.ts';
import { OperatorError } from '../operator/operator-error.ts';

/** Format of a record. */
const RECORD_VERSION = 1;
const compress = promisify(gzip);

/**
 * Writes what was just queued as one object under `replays/`.
 * @throws OperatorError if it can't be written: a run after this one would queue these events once more
 */
export async function writeReplayRecords({ s3, bucket }: Pick<Operator, 's3' | 'bucket'>, records: readonly ReplayRecord[], reason: ReplayReason, at: number): Promise<void> {
  const text = jsonLines(records.map((record) => ({ v: RECORD_VERSION, ...record, ...reason })));
  const Key = ledgerKey('replays', at, randomUUID());
  try {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: await compress(text), ContentType: 'application/gzip' }));
  } catch (error) {
    const what = `The last ${records.length} events are in the queue, but that can't be written to the bucket ${bucket} (${messageOf(error)}).`;
    throw new OperatorError(`${what} Mend that before you go on: the next run queues them once more, and Metronome then ignores the repeated ids.`, { cause: error });
  }
}

/**
 * Streams the records written from `from` up to now.
 * @param from epoch milliseconds
 */
export async function* readReplayRecords(operator: Pick<Operator, 's3' | 'bucket'>, from: number, onDamaged?: (damaged: DamagedObject) => Promise<void>): AsyncGenerator<ReplayRecord> {
  const { objects } = await planLedger(operator, { prefixes: ['replays'], from, to: Number.POSITIVE_INFINITY });
  for await (const { texts } of readLines(operator, objects, { onDamaged })) {
    for (const text of texts) {
      const record = readReplayRecord(text);
      if (record !== undefined) yield record;
    }
  }
}
