import type { Outcome } from '../evaluate.ts';
import type { BrokenEntry } from '../report.ts';
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
  /** Usage events that get another transaction_id; one event may give several. */
  readonly usageEventsChangingId: number;
  /** By field of the usage event, such as `properties`, the events in which it changes. */
  readonly fields: Readonly<Record<string, number>>;
  /** Places in the input that hold no event. */
  readonly broken: number;
  /** Files and folders that couldn't be read. */
  readonly notRead: number;
}

const KINDS = { transaction_id: 'transactionIdChanged', now_sent: 'nowSent', no_longer_sent: 'noLongerSent', additional: 'additionallySent' } as const;

export interface DiffTallying {
  event(changes: readonly Change[], before: Outcome, after: Outcome): void;
  broken(entry: BrokenEntry): void;
  tally(): DiffTally;
}

export function createDiffTally(): DiffTallying {
  const counts = { events: 0, changed: 0, transactionIdChanged: 0, usageEventsChangingId: 0, nowQuarantined: 0, nowSent: 0, noLongerSent: 0, additionallySent: 0, broken: 0, notRead: 0 };
  const fields = new Map<string, number>();
  return {
    tally: () => ({ ...counts, fields: Object.fromEntries(fields) }),
    broken: ({ kind }) => {
      counts[kind === 'broken' ? 'broken' : 'notRead'] += 1;
    },
    event(changes, before, after) {
      counts.events += 1;
      if (changes.length === 0) return;
      counts.changed += 1;
      if (after.fate.kind === 'quarantined' && before.fate.kind !== 'quarantined') counts.nowQuarantined += 1;
      counts.usageEventsChangingId += changes.filter(({ kind }) => kind === 'transaction_id').length;
      for (const kind of new Set(changes.map((change) => change.kind))) {
        if (kind !== 'fate' && kind !== 'field') counts[KINDS[kind]] += 1;
      }
      for (const field of new Set(changes.flatMap(fieldOf))) fields.set(field, (fields.get(field) ?? 0) + 1);
    },
  };
}

/** The usage event's own member: `properties` of `properties.items[0]`. */
function fieldOf(change: Change): readonly string[] {
  if (change.kind === 'transaction_id') return [change.kind];
  return change.kind === 'field' ? [change.field.split(/[.[]/, 1).join('')] : [];
}
