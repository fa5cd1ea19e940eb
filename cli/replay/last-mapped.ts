import type { LedgerLine } from '../ledger/ledger-line.ts';
import { writtenAt } from '../ledger/hours.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Operator } from '../operator/operator.ts';

const HOUR_MS = 60 * 60_000;
/** How far back the ledger is searched, widening while there is nothing. */
const SEARCHED_HOURS = [1, 24, 7 * 24] as const;
/** Stands in the ledger for the mapping version of events that were never mapped. */
const NOT_MAPPED = 'none';

/**
 * The mappings that the bridge last used, by the newest object of its ledger; undefined if it did nothing for a week.
 * @param now epoch milliseconds
 */
export async function lastMapped(operator: Operator, now: number): Promise<Pick<LedgerLine, 'at' | 'mappingVersion'> | undefined> {
  for (const hours of SEARCHED_HOURS) {
    const { objects } = await planLedger(operator, { prefixes: ['archive', 'quarantine'], from: now - hours * HOUR_MS, to: Number.POSITIVE_INFINITY });
    const newest = objects.toSorted((one, other) => (writtenAt(other.key) ?? 0) - (writtenAt(one.key) ?? 0))[0];
    if (newest === undefined) continue;
    const range = { prefixes: [newest.prefix], from: 0, to: Number.POSITIVE_INFINITY };
    for await (const { line } of readLedger(operator, { ...range, plan: { objects: [newest], bytes: newest.bytes } })) {
      if (line.mappingVersion !== NOT_MAPPED) return line;
    }
  }
  return undefined;
}
