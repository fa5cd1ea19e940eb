import type { BilledTwice } from '../ledger/billed-twice.ts';
import type { QueueCounts } from '../operator/queue-counts.ts';
import type { Accepted } from './accepted.ts';
import type { Books } from './books.ts';

/** An hour in which ingest counted another number of events than the ledger holds. */
export interface Difference {
  /** `2026-11-21T09`, UTC, by acceptedAt */
  readonly hour: string;
  readonly accepted: number;
  readonly ledger: number;
}

/** Whether every accepted event is accounted for. */
export interface Balance {
  readonly accepted: number;
  /** Distinct messages in the ledger with a final fate. */
  readonly messages: number;
  readonly fates: ReturnType<Books['fates']>;
  /** Accepted and not in the ledger; negative if the ledger holds more than was counted. */
  readonly missing: number;
  readonly queue: QueueCounts;
  /** What is missing and can't be waiting or dead either; negative if the ledger holds more than was counted. */
  readonly unexplained: number;
  /** Events whose replays were billed under another id than before. */
  readonly billedTwice: readonly BilledTwice[];
  /** Hours in the order of time; none if nobody counted accepted events by hour. */
  readonly differences: readonly Difference[];
}

/** accepted − distinct messages in the ledger − waiting − dead letters; the queues may hold events of other days, too. */
export function balanceOf(accepted: Accepted, books: Pick<Books, 'messages' | 'fates' | 'byHour' | 'billedTwice'>, queue: QueueCounts): Balance {
  const messages = books.messages();
  const missing = accepted.total - messages;
  const unexplained = missing <= 0 ? missing : Math.max(0, missing - queue.waiting - queue.deadLetters);
  return { accepted: accepted.total, messages, fates: books.fates(), billedTwice: books.billedTwice(), missing, queue, unexplained, differences: differencesOf(accepted, books.byHour()) };
}

function differencesOf({ byHour }: Accepted, ledgerByHour: ReadonlyMap<string, number>): readonly Difference[] {
  if (byHour === undefined) return [];
  const hours = new Set([...byHour.keys(), ...ledgerByHour.keys()]);
  const compared = [...hours].toSorted().map((hour) => ({ hour, accepted: byHour.get(hour) ?? 0, ledger: ledgerByHour.get(hour) ?? 0 }));
  return compared.filter(({ accepted, ledger }) => accepted !== ledger);
}
