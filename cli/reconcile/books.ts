import { createDoubleBilling } from '../ledger/billed-twice.ts';
import type { BilledTwice } from '../ledger/billed-twice.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import { createStandings } from '../ledger/standings.ts';
import type { FinalFate } from '../ledger/standings.ts';
import { hourOf } from './day.ts';

/** What the ledger holds of the messages accepted in a range of time. */
export interface Books {
  /** Takes note of a line; one that was accepted at another time, or is no end of an event's way, is not counted. */
  enter(line: LedgerLine): void;
  /** Distinct messages with a final fate; a replayed one counts as the message it was first. */
  messages(): number;
  fates(): Readonly<Record<FinalFate, number>>;
  /** By the hour they were accepted in, as `2026-11-21T09`. */
  byHour(): ReadonlyMap<string, number>;
  /** Events whose replays were billed under another id than before. */
  billedTwice(): readonly BilledTwice[];
}

/** @param from, to epoch milliseconds of acceptedAt, `to` excluded */
export function openBooks(from: number, to: number): Books {
  // Busy days have a hundred million messages.
  const ids = createIdNumbers();
  const standings = createStandings(ids);
  const doubles = createDoubleBilling();
  const hours = new Map<string, number>();
  const counts = { delivered: 0, filtered: 0, quarantined: 0 };

  function fateOf(root: number): FinalFate | undefined {
    const message = standings.messageOf(root);
    return message === undefined ? undefined : standings.fateOf(message);
  }

  return {
    enter(line) {
      const acceptedAt = Date.parse(line.acceptedAt);
      if (!(acceptedAt >= from && acceptedAt < to)) return;
      if (isOfReplay(line)) doubles.enter(line);
      const root = ids.add(rootOf(line));
      const before = fateOf(root);
      standings.enter(line);
      const after = fateOf(root);
      if (before === after || after === undefined) return;
      if (before === undefined) hours.set(hourOf(line.acceptedAt), (hours.get(hourOf(line.acceptedAt)) ?? 0) + 1);
      else counts[before] -= 1;
      counts[after] += 1;
    },
    messages: () => counts.delivered + counts.filtered + counts.quarantined,
    fates: () => ({ ...counts }),
    byHour: () => hours,
    billedTwice: () => doubles.found(),
  };
}

/** Of one, or of an event that may have some: few lines, as all of them would not fit into memory. */
function isOfReplay({ replayOf, fate }: LedgerLine): boolean {
  return replayOf !== undefined || fate === 'quarantined' || fate === 'returned';
}
