import type { Outcome } from './judge.ts';

export type OutcomeKind = Outcome['kind'];

/** Events alike in what would become of them. */
export interface OutcomeCount {
  readonly kind: OutcomeKind;
  /** The fault's reason, if it has one. */
  readonly reason: string | undefined;
  readonly events: number;
  /** Why, of the first one. */
  readonly sample: { readonly root: string; readonly detail: string | undefined };
}

export interface OutcomeTally {
  add(root: string, outcome: Outcome): void;
  counts(): readonly OutcomeCount[];
  events(kind: OutcomeKind): number;
}

export function createOutcomeTally(): OutcomeTally {
  const byKind = new Map<string, OutcomeCount>();
  return {
    add(root, outcome) {
      const { reason, detail } = faultOf(outcome);
      const key = `${outcome.kind} ${reason}`;
      const known = byKind.get(key) ?? { kind: outcome.kind, reason, events: 0, sample: { root, detail } };
      byKind.set(key, { ...known, events: known.events + 1 });
    },
    counts: () => [...byKind.values()].toSorted((one, other) => other.events - one.events),
    events: (kind) => byKind.values().reduce((sum, one) => sum + (one.kind === kind ? one.events : 0), 0),
  };
}

export function faultOf(outcome: Outcome): { readonly reason?: string | undefined; readonly detail?: string | undefined } {
  if (outcome.kind === 'refused') return { detail: outcome.detail };
  return 'fault' in outcome ? outcome.fault : {};
}
