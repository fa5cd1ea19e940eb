import { planLedger } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Operator } from '../operator/operator.ts';
import { createHistories } from '../replay/histories.ts';
import { readReplayRecords } from '../replay/replay-records.ts';

/** As many objects are read in a few seconds; of more, the latest. */
const MAX_OBJECTS = 500;

/** Events that were set aside since some moment, and not replayed since. */
export interface OpenQuarantine {
  /** How many, by reason. */
  readonly byReason: ReadonlyMap<string, number>;
  /** False if there were too many to read them all, or some can't be read. */
  readonly isWhole: boolean;
}

/**
 * @param from epoch milliseconds
 * @throws OperatorError if the bucket can't be read
 */
export async function openQuarantine(operator: Pick<Operator, 's3' | 'bucket'>, from: number): Promise<OpenQuarantine> {
  const { objects } = await planLedger(operator, { prefixes: ['quarantine'], from, to: Number.POSITIVE_INFINITY });
  const latest = objects.slice(-MAX_OBJECTS);
  const histories = createHistories();
  let isWhole = latest.length === objects.length;
  const onDamaged = async (): Promise<void> => {
    isWhole = false;
  };
  for await (const { line, key } of readLedger(operator, { plan: { objects: latest, bytes: 0 }, onDamaged })) histories.addLine(line, key);
  for await (const record of readReplayRecords(operator, from, onDamaged)) histories.addReplay(record);
  const byReason = new Map<string, number>();
  for (const { line: { reason = 'unknown' } } of histories.open('quarantined')) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  return { byReason, isWhole };
}
