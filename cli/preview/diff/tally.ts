import type { Outcome } from '../evaluate.ts';
import type { Change } from './compare.ts';

/** Counts of events, for two mappings files side by side. */
export interface DiffTally {
  readonly events: number;
  readonly changed: number;
  /** Of each kind of change, the events that have it. */
  readonly transactionIdChanged: number;
  readonly nowQuarantined: number;
  readonly nowSent: number;
  readonly noLongerSent: number;
  readonly additionallySent: number;
  readonly broken: number;
}

const KINDS = { transaction_id: 'transactionIdChanged', now_sent: 'nowSent', no_longer_sent: 'noLongerSent', additional: 'additionallySent' } as const;

export interface DiffTallying {
  event(changes: readonly Change[], before: Outcome, after: Outcome): void;
  broken(): void;
  tally(): DiffTally;
}

export function createDiffTally(): DiffTallying {
  const counts = { events: 0, changed: 0, transactionIdChanged: 0, nowQuarantined: 0, nowSent: 0, noLongerSent: 0, additionallySent: 0, broken: 0 };
  return {
    tally: () => ({ ...counts }),
    broken: () => {
      counts.broken += 1;
    },
    event(changes, before, after) {
      counts.events += 1;
      if (changes.length === 0) return;
      counts.changed += 1;
      if (after.fate.kind === 'quarantined' && before.fate.kind !== 'quarantined') counts.nowQuarantined += 1;
      for (const kind of new Set(changes.map((change) => change.kind))) {
        if (kind !== 'fate' && kind !== 'field') counts[KINDS[kind]] += 1;
      }
    },
  };
}
