import { createDoubleBilling } from '../ledger/billed-twice.ts';
import type { BilledTwice } from '../ledger/billed-twice.ts';
import { failedMappings, rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { DeliveredUsage } from '../../lambda/message.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { KnownReplay } from '../ledger/replay-record.ts';
import { standingOf } from '../ledger/standing.ts';
import { underWay } from '../ledger/under-way.ts';

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
  /** Everything of it that Metronome has taken, ever. */
  readonly delivered: readonly DeliveredUsage[];
  /** Names of mappings that made something of it that was not delivered then. */
  readonly failed: readonly string[];
  /** The mappings of what was delivered. */
  readonly billed: readonly string[];
  readonly billedTwice: readonly BilledTwice[];
  /** By time. */
  readonly steps: readonly Step[];
}

/** One journey for each root, by when it was accepted. */
export function journeysOf({ entries, replays }: Found): readonly Journey[] {
  const entriesByRoot = Map.groupBy(entries, ({ line }) => rootOf(line));
  const replaysByRoot = Map.groupBy(replays, ({ record }) => record.root);
  const roots = new Set([...entriesByRoot.keys(), ...replaysByRoot.keys()]);
  const journeys = [...roots].map((root) => journeyOf(root, { entries: entriesByRoot.get(root) ?? [], replays: replaysByRoot.get(root) ?? [] }));
  return journeys.toSorted((one, other) => compare(one.last?.acceptedAt ?? '', other.last?.acceptedAt ?? ''));
}

/** @param found all of this root, in any order */
export function journeyOf(root: string, { entries, replays }: Found): Journey {
  const lines = entries.toSorted((one, other) => compare(one.line.at, other.line.at)).map(({ line }) => line);
  const doubles = createDoubleBilling();
  for (const line of lines) doubles.enter(line);
  const delivered = deliveredIn(lines);
  return {
    root,
    last: standingOf(entries)?.line ?? lines.at(-1),
    isUnderWay: underWay(replays.map(({ record }) => record), lines).length > 0,
    delivered,
    failed: [...new Set(lines.flatMap(failedMappings))],
    billed: [...new Set(delivered.map(({ mapping }) => mapping))],
    billedTwice: doubles.found(),
    steps: stepsOf({ entries, replays }),
  };
}

function stepsOf({ entries, replays }: Found): readonly Step[] {
  const fates = entries.map((entry) => ({ kind: 'fate' as const, at: entry.line.at, entry }));
  const sendings = replays.map((replay) => ({ kind: 'replay' as const, at: replay.record.at, replay }));
  return [...fates, ...sendings].toSorted((one, other) => compare(one.at, other.at));
}

function deliveredIn(lines: readonly LedgerLine[]): readonly DeliveredUsage[] {
  const usage = lines.flatMap((line) => line.usage).flatMap(({ mapping, transactionId, verdict }) => (verdict === 'delivered' && transactionId !== undefined ? [{ mapping, transactionId }] : []));
  return [...new Map(usage.map((one) => [JSON.stringify([one.mapping, one.transactionId]), one])).values()];
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
