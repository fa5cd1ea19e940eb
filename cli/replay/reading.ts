import type { Io } from '../io.ts';
import type { DamagedObject } from '../ledger/damaged-object.ts';
import type { IdNumbers } from '../ledger/id-numbers.ts';
import { announce, damageWarning } from '../ledger/reading.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import type { LedgerRange } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { Operator } from '../operator/operator.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { count } from '../text.ts';

/** What a command reads of one bridge's ledger, with progress and complaints on stderr. */
export interface Reading {
  readonly operator: Operator;
  readonly io: Io;
  lines(range: LedgerRange, options?: LinesOptions): AsyncGenerator<LedgerEntry>;
  readonly onDamaged: (damaged: DamagedObject) => Promise<void>;
  /** Objects that can't be read, so far. */
  damaged(): number;
}

interface LinesOptions {
  /** If they are few, they sieve for lines that hold one of them, so look at the line, too. */
  readonly ids?: IdNumbers | undefined;
  /** Of the work that the reading is a part of, to be shown instead of its own. */
  readonly progress?: Progress | undefined;
}

/** Beyond so many ids a sieve costs more than it saves. */
const MAX_SIEVED_IDS = 50;

export function createReading(operator: Operator, io: Io): Reading {
  const damagedKeys = new Set<string>();
  let underWay: Progress | undefined;

  async function onDamaged(damaged: DamagedObject): Promise<void> {
    if (damagedKeys.has(damaged.key)) return;
    damagedKeys.add(damaged.key);
    await underWay?.hide();
    await io.stderr.write(damageWarning(damaged, operator));
  }

  return {
    operator,
    io,
    onDamaged,
    damaged: () => damagedKeys.size,
    async *lines(range, { ids, progress: ofWork } = {}) {
      const plan = await planLedger(operator, range);
      if (range.prefixes.includes('archive')) await announce(operator, 'The ledger', plan, io);
      const progress = ofWork ?? createProgress(io, plan.bytes);
      const onProgress = ofWork === undefined ? (bytes: number, lines: number): Promise<void> => progress.advance(bytes, lines) : undefined;
      underWay = progress;
      try {
        yield* readLedger(operator, { ...range, plan, ids: sieveOf(ids), onDamaged, onProgress });
      } finally {
        if (ofWork === undefined) await ended(progress);
      }
    },
  };
}

function sieveOf(ids: IdNumbers | undefined): readonly string[] | undefined {
  if (ids === undefined || ids.size() > MAX_SIEVED_IDS) return undefined;
  return Array.from({ length: ids.size() }, (_, number) => ids.idOf(number));
}

/** Takes its bar away. */
export async function ended(progress: Progress): Promise<void> {
  await progress.hide();
  progress.stop();
}

/** What a person should know before trusting what was read. */
export function damageText(damaged: number): string {
  return `${count(damaged, 'object')} of the ledger can't be read, so it isn't known what was delivered by the events in there.`;
}
