import type { Run } from './run.ts';

export interface KeptRun {
  /** Counts up with the runs, and is never used twice. */
  readonly seq: number;
  readonly run: Run;
}

/** The latest runs, as many as the bounds allow. */
export interface Runs {
  add(run: Run): void;
  /** Takes runs from before all others, the newest first; false once there is no more room. */
  addOlder(runs: readonly Run[]): boolean;
  find(seq: number): KeptRun | undefined;
  /** Of the newest; that of the oldest less one if there is none. */
  latest(): number;
  /** Those after a number, the oldest first. */
  after(seq: number, limit: number): readonly KeptRun[];
  /** Those before a number, the newest first. */
  before(seq: number): Generator<KeptRun>;
}

export interface RunBounds {
  readonly maxRuns: number;
  /** In memory, of the events' bodies. */
  readonly maxBytes: number;
}

/** V8 needs up to two bytes for a character. */
const BYTES_PER_CHAR = 2;

export function createRuns({ maxRuns, maxBytes }: RunBounds): Runs {
  /** By seq, without a gap; those before `first` are gone. */
  let kept: (KeptRun | undefined)[] = [];
  let first = 0;
  /** What older runs are numbered down from. */
  let firstSeq = maxRuns + 1;
  let bytes = 0;

  const size = (): number => kept.length - first;
  const latest = (): number => firstSeq + size() - 1;
  const hasRoom = (run: Run): boolean => size() < maxRuns && bytes + bytesOf(run) <= maxBytes;
  const at = (seq: number): KeptRun | undefined => kept[first + seq - firstSeq];

  function dropOldest(): void {
    bytes -= bytesOf(kept[first]?.run);
    kept[first] = undefined;
    first += 1;
    firstSeq += 1;
    if (first <= maxRuns) return;
    kept = kept.slice(first);
    first = 0;
  }

  return {
    latest,
    find: (seq) => (seq >= firstSeq && seq <= latest() ? at(seq) : undefined),
    add(run) {
      while (size() > 0 && !hasRoom(run)) dropOldest();
      kept.push({ seq: latest() + 1, run });
      bytes += bytesOf(run);
    },
    addOlder(runs) {
      const older: KeptRun[] = [];
      for (const run of runs) {
        if (size() + older.length >= maxRuns || bytes + bytesOf(run) > maxBytes || firstSeq - older.length <= 1) break;
        older.push({ seq: firstSeq - older.length - 1, run });
        bytes += bytesOf(run);
      }
      kept = [...older.toReversed(), ...kept.slice(first)];
      first = 0;
      firstSeq -= older.length;
      return older.length === runs.length;
    },
    after(seq, limit) {
      const start = first + Math.max(0, seq + 1 - firstSeq);
      return kept.slice(start, start + limit).filter((one) => one !== undefined);
    },
    *before(seq) {
      for (let next = Math.min(seq - 1, latest()); next >= firstSeq; next -= 1) {
        const one = at(next);
        if (one !== undefined) yield one;
      }
    },
  };
}

function bytesOf(run: Run | undefined): number {
  return (run?.body.length ?? 0) * BYTES_PER_CHAR;
}
