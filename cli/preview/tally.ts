import type { Usage } from '../../lambda/forward/route.ts';
import type { Outcome } from './evaluate.ts';
import type { BrokenEntry } from './report.ts';
import { createSeenIds, MAX_SEEN_IDS } from './seen-ids.ts';

/** Counts of a preview. */
export interface Tally {
  readonly files: number;
  readonly events: number;
  readonly fates: { readonly delivered: number; readonly filtered: number; readonly quarantined: number };
  /** Quarantined events by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Usage events by mapping, those that matched nothing included. */
  readonly mappings: Readonly<Record<string, { readonly delivered: number; readonly quarantined: number }>>;
  /** Usage events that would be delivered with the transaction_id of an earlier one. */
  readonly repeatedTransactionIds: number;
  /** False if there were so many ids that not all were compared: there may be more repeated ones. */
  readonly comparedAllTransactionIds: boolean;
  /** Usage events with an id that holds an integer which JavaScript rounded. */
  readonly roundedIds: number;
  /** Places in the input that hold no event. */
  readonly broken: number;
  /** Files and folders that couldn't be read. */
  readonly notRead: number;
}

export interface Tallying {
  file(): void;
  /** Gives back those usage events that repeat the transaction_id of an earlier one. */
  event(outcome: Outcome): readonly Usage[];
  broken(entry: BrokenEntry): void;
  tally(): Tally;
}

/**
 * @param mappingNames those that events are mapped with
 * @param maxIds so many transaction_ids are compared
 */
export function createTally(mappingNames: readonly string[], maxIds = MAX_SEEN_IDS): Tallying {
  const fates = { delivered: 0, filtered: 0, quarantined: 0 };
  const reasons = new Map<string, number>();
  const mappings = new Map(mappingNames.map((name) => [name, { delivered: 0, quarantined: 0 }]));
  const counts = { files: 0, events: 0, repeatedTransactionIds: 0, roundedIds: 0, broken: 0, notRead: 0 };
  const seen = createSeenIds(maxIds);
  return {
    file: () => {
      counts.files += 1;
    },
    broken: ({ kind }) => {
      counts[kind === 'broken' ? 'broken' : 'notRead'] += 1;
    },
    event({ fate, usage }) {
      counts.events += 1;
      if (fate.kind !== 'returned') fates[fate.kind] += 1;
      if (fate.kind === 'quarantined') reasons.set(fate.reason, (reasons.get(fate.reason) ?? 0) + 1);
      for (const { mapping, kind } of usage) {
        const counted = mappings.get(mapping);
        if (counted !== undefined) counted[kind === 'ready' ? 'delivered' : 'quarantined'] += 1;
      }
      const ready = usage.filter((one) => one.kind === 'ready');
      const repeated = ready.filter(({ transactionId }) => seen.see(transactionId));
      counts.repeatedTransactionIds += repeated.length;
      counts.roundedIds += ready.filter(({ hasRoundedId }) => hasRoundedId).length;
      return repeated;
    },
    tally: () => ({ ...counts, comparedAllTransactionIds: seen.remembersAll(), fates: { ...fates }, reasons: Object.fromEntries(reasons), mappings: Object.fromEntries(mappings) }),
  };
}
