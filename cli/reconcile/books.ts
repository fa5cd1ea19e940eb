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

/** Lower is better. */
const FATES: readonly FinalFate[] = ['delivered', 'filtered', 'quarantined'];
/** A JavaScript Map ends at 16.7 million entries; busy days have more messages. */
const SHARDS = 64;

/** @param from, to epoch milliseconds of acceptedAt, `to` excluded */
export function openBooks(from: number, to: number): Books {
  const shards = Array.from({ length: SHARDS }, () => new Map<string, number>());
  const hours = new Map<string, number>();
  const counts = FATES.map(() => 0);
  const add = (rank: number, amount: number): void => {
    counts[rank] = (counts[rank] ?? 0) + amount;
  };
  return {
    enter(line) {
      const acceptedAt = Date.parse(line.acceptedAt);
      if (line.fate === 'returned' || !(acceptedAt >= from && acceptedAt < to)) return;
      const root = rootOf(line);
      const ranks = shards[shardOf(root)];
      const rank = FATES.indexOf(line.fate);
      const before = ranks?.get(root);
      if (before !== undefined && before <= rank) return;
      if (before !== undefined) add(before, -1);
      else hours.set(hourOf(line.acceptedAt), (hours.get(hourOf(line.acceptedAt)) ?? 0) + 1);
      add(rank, 1);
      ranks?.set(root, rank);
    },
    messages: () => counts.reduce((sum, amount) => sum + amount, 0),
    fates: () => ({ delivered: counts[0] ?? 0, filtered: counts[1] ?? 0, quarantined: counts[2] ?? 0 }),
    byHour: () => hours,
  };
}

function shardOf(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at += 1) sum = (sum * 31 + id.charCodeAt(at)) % 65_521;
  return sum % SHARDS;
}
