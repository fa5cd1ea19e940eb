import type { Io } from '../io.ts';
import type { DamagedObject } from '../ledger/damaged-object.ts';
import { announce } from '../ledger/reading.ts';
import { planLedger } from '../ledger/plan-ledger.ts';
import type { LedgerRange } from '../ledger/plan-ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { Operator } from '../operator/operator.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { count, wrap } from '../text.ts';

/** What a command reads of one bridge's ledger, with progress and complaints on stderr. */
export interface Reading {
  readonly operator: Operator;
  readonly io: Io;
  /** Streams a range; `ids` sieves for lines that hold one of them. */
  lines(range: LedgerRange, ids?: readonly string[]): AsyncGenerator<LedgerEntry>;
  readonly onDamaged: (damaged: DamagedObject) => Promise<void>;
  /** Objects that can't be read, so far. */
  damaged(): number;
}

/** Beyond so many ids a sieve costs more than it saves. */
const MAX_SIEVED_IDS = 50;

export function createReading(operator: Operator, io: Io): Reading {
  const damagedKeys = new Set<string>();

  async function onDamaged(damaged: DamagedObject): Promise<void> {
    if (damagedKeys.has(damaged.key)) return;
    damagedKeys.add(damaged.key);
    await io.stderr.write(`${wrap(`Damaged: ${damaged.message}`, '')}\n`);
  }

  return {
    operator,
    io,
    onDamaged,
    damaged: () => damagedKeys.size,
    async *lines(range, ids) {
      const plan = await planLedger(operator, range);
      if (range.prefixes.includes('archive')) await announce(operator, 'History', plan, io);
      const progress = createProgress(io, plan.bytes);
      const sieve = ids === undefined || ids.length > MAX_SIEVED_IDS ? undefined : ids;
      try {
        yield* readLedger(operator, { ...range, plan, ids: sieve, onDamaged, onProgress: (bytes, lines) => progress.advance(bytes, lines) });
      } finally {
        await ended(progress);
      }
    },
  };
}

async function ended(progress: Progress): Promise<void> {
  await progress.hide();
  progress.stop();
}

/** What a person should know before trusting what was read. */
export function damageText(damaged: number): string {
  return `${count(damaged, 'object')} of the ledger can't be read, so it isn't known what was delivered by the events in there.`;
}
