import { rootOf } from './ledger-line.ts';
import type { LedgerLine } from './ledger-line.ts';

/** An event that Metronome has taken from one mapping under more than one id, and so billed more than once. */
export interface BilledTwice {
  readonly root: string;
  readonly mapping: string;
  readonly transactionIds: readonly string[];
}

/** Looks for them line by line, in any order. */
export interface DoubleBilling {
  enter(line: Pick<LedgerLine, 'sqsMessageId' | 'replayOf' | 'usage'>): void;
  found(): readonly BilledTwice[];
}

export function createDoubleBilling(): DoubleBilling {
  /** By root and mapping. */
  const billed = new Map<string, Omit<BilledTwice, 'transactionIds'> & { readonly ids: Set<string> }>();
  return {
    enter(line) {
      const root = rootOf(line);
      for (const { mapping, transactionId, verdict } of line.usage) {
        if (verdict !== 'delivered' || transactionId === undefined) continue;
        const key = JSON.stringify([root, mapping]);
        const known = billed.get(key) ?? { root, mapping, ids: new Set<string>() };
        known.ids.add(transactionId);
        billed.set(key, known);
      }
    },
    found: () => [...billed.values()].flatMap(({ root, mapping, ids }) => (ids.size < 2 ? [] : [{ root, mapping, transactionIds: [...ids] }])),
  };
}
