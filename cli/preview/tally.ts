import type { Outcome } from './evaluate.ts';

/** Counts of a preview. */
export interface Tally {
  readonly files: number;
  readonly events: number;
  readonly fates: { readonly delivered: number; readonly filtered: number; readonly quarantined: number };
  /** Quarantined events by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Usage events by mapping, those that matched nothing included. */
  readonly mappings: Readonly<Record<string, { readonly delivered: number; readonly quarantined: number }>>;
  /** Places in the input that hold no event. */
  readonly broken: number;
}

export interface Tallying {
  file(): void;
  event(outcome: Outcome): void;
  broken(): void;
  tally(): Tally;
}

/** @param mappingNames those that events are mapped with */
export function createTally(mappingNames: readonly string[]): Tallying {
  const fates = { delivered: 0, filtered: 0, quarantined: 0 };
  const reasons = new Map<string, number>();
  const mappings = new Map(mappingNames.map((name) => [name, { delivered: 0, quarantined: 0 }]));
  const counts = { files: 0, events: 0, broken: 0 };
  return {
    file: () => {
      counts.files += 1;
    },
    broken: () => {
      counts.broken += 1;
    },
    event({ fate, usage }) {
      counts.events += 1;
      if (fate.kind !== 'returned') fates[fate.kind] += 1;
      if (fate.kind === 'quarantined') reasons.set(fate.reason, (reasons.get(fate.reason) ?? 0) + 1);
      for (const { mapping, kind } of usage) {
        const counted = mappings.get(mapping);
        if (counted !== undefined) counted[kind === 'ready' ? 'delivered' : 'quarantined'] += 1;
      }
    },
    tally: () => ({ ...counts, fates: { ...fates }, reasons: Object.fromEntries(reasons), mappings: Object.fromEntries(mappings) }),
  };
}
