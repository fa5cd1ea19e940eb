import { createColumn } from '../ledger/column.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import { hourOf } from './day.ts';

type FinalFate = Exclude<LedgerLine['fate'], 'returned'>;

/** What the ledger holds of the messages accepted in a range of time. */
export interface Books {
  /** Takes note of a line; one that was accepted at another time, or is no end of an event's way, changes nothing. */
  enter(line: LedgerLine): void;
  /** Distinct messages with a final fate; a replayed one counts as the message it was first. */
  messages(): number;
  fates(): Readonly<Record<FinalFate, number>>;
  /** By the hour they were accepted in, as `2026-11-21T09`. */
  byHour(): ReadonlyMap<string, number>;
}

/** The better first; a fate's rank is its place from 1. */
const FATES: readonly FinalFate[] = ['delivered', 'filtered', 'quarantined'];

/** @param from, to epoch milliseconds of acceptedAt, `to` excluded */
export function openBooks(from: number, to: number): Books {
  // Busy days have a hundred million messages.
  const roots = createIdNumbers();
  const ranks = createColumn(Uint8Array);
  const hours = new Map<string, number>();
  const counts = FATES.map(() => 0);
  const count = (rank: number, amount: number): void => {
    if (rank > 0) counts[rank - 1] = (counts[rank - 1] ?? 0) + amount;
  };
  return {
    enter(line) {
      const acceptedAt = Date.parse(line.acceptedAt);
      if (line.fate === 'returned' || !(acceptedAt >= from && acceptedAt < to)) return;
      const root = roots.add(rootOf(line));
      const rank = FATES.indexOf(line.fate) + 1;
      const before = ranks.get(root);
      if (before > 0 && before <= rank) return;
      if (before === 0) hours.set(hourOf(line.acceptedAt), (hours.get(hourOf(line.acceptedAt)) ?? 0) + 1);
      count(before, -1);
      count(rank, 1);
      ranks.set(root, rank);
    },
    messages: () => roots.size(),
    fates: () => ({ delivered: counts[0] ?? 0, filtered: counts[1] ?? 0, quarantined: counts[2] ?? 0 }),
    byHour: () => hours,
  };
}
