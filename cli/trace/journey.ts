import { prevailing, rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { KnownReplay } from '../ledger/replay-record.ts';

/** A line of the `replays/` prefix. */
export interface ReplayEntry {
  readonly key: string;
  readonly text: string;
  readonly record: KnownReplay;
}

/** What the ledger knows of some ids. */
export interface Found {
  readonly entries: readonly LedgerEntry[];
  readonly replays: readonly ReplayEntry[];
}

/** One thing that happened to an event. */
export type Step = { readonly kind: 'fate'; readonly at: string; readonly entry: LedgerEntry } | { readonly kind: 'replay'; readonly at: string; readonly replay: ReplayEntry };

/** The whole way of an event that was accepted once. Segment's retries are accepted again, and are journeys of their own. */
export interface Journey {
  /** The SQS message it was accepted as. */
  readonly root: string;
  /** The line that counts now; undefined if only a replay of it is known. */
  readonly last: LedgerLine | undefined;
  /** Sent through the queue again, and not settled since. */
  readonly isUnderWay: boolean;
  /** By time. */
  readonly steps: readonly Step[];
}

/** One journey for each root, by when it was accepted. */
export function journeysOf({ entries, replays }: Found): readonly Journey[] {
  const steps: (Step & { readonly root: string })[] = [
    ...entries.map((entry) => ({ kind: 'fate' as const, at: entry.line.at, entry, root: rootOf(entry.line) })),
    ...replays.map((replay) => ({ kind: 'replay' as const, at: replay.record.at, replay, root: replay.record.root })),
  ];
  const journeys = [...Map.groupBy(steps, ({ root }) => root)].map(([root, own]) => journeyOf(root, own));
  return journeys.toSorted((one, other) => compare(one.last?.acceptedAt ?? '', other.last?.acceptedAt ?? ''));
}

function journeyOf(root: string, unsorted: readonly Step[]): Journey {
  const steps = unsorted.toSorted((one, other) => compare(one.at, other.at));
  const entries = steps.flatMap((step) => (step.kind === 'fate' ? [step.entry] : []));
  const last = entries.length === 0 ? undefined : entries.reduce(prevailing).line;
  const settled = new Set(entries.filter(({ line }) => line.fate !== 'returned').map(({ line }) => line.sqsMessageId));
  const isUnderWay = steps.some((step) => step.kind === 'replay' && !settled.has(step.replay.record.sqsMessageId));
  return { root, last, isUnderWay, steps };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
