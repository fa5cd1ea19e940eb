import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { Reading } from './reading.ts';
import { CLOCKS_MS } from './select.ts';
import type { Quarantine } from './select.ts';

/** What became of the events that were replayed, and aren't back in the quarantine. */
export interface ReplayedBefore {
  readonly delivered: number;
  readonly filtered: number;
  /** No line tells of them: they wait in the queue, are dead letters, or are gone. */
  readonly notBack: { readonly events: number; readonly oldest?: { readonly root: string; readonly at: number } };
  /** Replayed before the archive begins, so nobody can tell. */
  readonly unknown: number;
}

/**
 * Reads the archive from the first of these replays on, and no further than until each is found.
 * @param knownFrom how far the archive reaches back, epoch milliseconds
 */
export async function replayedBefore(reading: Reading, { histories, isSelected }: Pick<Quarantine, 'histories' | 'isSelected'>, knownFrom: number): Promise<ReplayedBefore> {
  const roots = createIdNumbers();
  const since: number[] = [];
  let unknown = 0;
  for (const { root, waiting } of histories.underWay('quarantined', isSelected)) {
    const at = Math.min(...waiting.map((replay) => replay.at));
    if (at < knownFrom) unknown += 1;
    else since[roots.add(root)] = at;
  }
  const found = { delivered: 0, filtered: 0, quarantined: 0, returned: 0 };
  const settled = await settledIn(reading, roots, since);
  for (const fate of settled.values()) found[fate] += 1;
  const { delivered, filtered } = found;
  return { delivered, filtered, notBack: { events: roots.size() - settled.size, ...oldestOf(roots, since, settled) }, unknown };
}

type Fate = 'delivered' | 'filtered';

async function settledIn(reading: Reading, roots: ReturnType<typeof createIdNumbers>, since: readonly number[]): Promise<ReadonlyMap<number, Fate>> {
  const settled = new Map<number, Fate>();
  if (roots.size() === 0) return settled;
  const from = since.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY) - CLOCKS_MS;
  for await (const { line } of reading.lines({ prefixes: ['archive'], from: Math.max(0, from), to: Number.POSITIVE_INFINITY }, { ids: roots })) {
    const root = roots.find(rootOf(line));
    if (root === undefined || (line.fate !== 'delivered' && line.fate !== 'filtered')) continue;
    if (settled.get(root) !== 'delivered') settled.set(root, line.fate);
    if (settled.size === roots.size()) break;
  }
  return settled;
}

function oldestOf(roots: ReturnType<typeof createIdNumbers>, since: readonly number[], settled: ReadonlyMap<number, Fate>): Pick<ReplayedBefore['notBack'], 'oldest'> {
  let oldest: { readonly root: string; readonly at: number } | undefined;
  for (const [number, at] of since.entries()) {
    if (!settled.has(number) && (oldest === undefined || at < oldest.at)) oldest = { root: roots.idOf(number), at };
  }
  return oldest === undefined ? {} : { oldest };
}
