import { rootOf } from '../ledger/ledger-line.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Operator } from '../operator/operator.ts';
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
  const reasons = new Map<string, string>();
  const setAside = new Set<string>();
  let isWhole = latest.length === objects.length;
  const onDamaged = async (): Promise<void> => {
    isWhole = false;
  };
  for await (const { line } of readLedger(operator, { plan: { objects: latest, bytes: 0 }, onDamaged })) {
    reasons.set(rootOf(line), line.reason ?? 'unknown');
    setAside.add(line.sqsMessageId);
  }
  for await (const { root, sqsMessageId } of readReplayRecords(operator, from, onDamaged)) {
    // Under way again, or ended well: else the replayed message would be here itself.
    if (!setAside.has(sqsMessageId)) reasons.delete(root);
  }
  const byReason = new Map([...Map.groupBy(reasons.values(), (reason) => reason)].map(([reason, { length }]) => [reason, length]));
  return { byReason, isWhole };
}
