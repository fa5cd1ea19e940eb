import type { DamagedObject } from '../ledger/damaged-object.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import { readLines } from '../ledger/read-lines.ts';
import { readReplayRecord } from '../ledger/replay-record.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import type { Operator } from '../operator/operator.ts';

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
