import type { Usage } from '../../lambda/forward/route.ts';
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
  /** @param usage what the mappings make of the event */
  add(root: string, outcome: Outcome, usage?: readonly Usage[]): void;
  counts(): readonly OutcomeCount[];
  /** Usage events ready to be sent, by mapping, of the outcomes that are worth it. */
  usage(sends: (kind: OutcomeKind) => boolean): ReadonlyMap<string, number>;
  events(kind: OutcomeKind): number;
}

export function createOutcomeTally(): OutcomeTally {
  const byKind = new Map<string, OutcomeCount>();
  const usageByKind = new Map<OutcomeKind, Map<string, number>>();
  return {
    add(root, outcome, usage = []) {
      const { reason, detail } = faultOf(outcome);
      const key = `${outcome.kind} ${reason}`;
      const known = byKind.get(key) ?? { kind: outcome.kind, reason, events: 0, sample: { root, detail } };
      byKind.set(key, { ...known, events: known.events + 1 });
      const counted = usageByKind.get(outcome.kind) ?? new Map<string, number>();
      usageByKind.set(outcome.kind, counted);
      for (const one of usage) if (one.kind === 'ready') counted.set(one.mapping, (counted.get(one.mapping) ?? 0) + 1);
    },
    usage(sends) {
      const sum = new Map<string, number>();
      for (const [kind, counted] of usageByKind) {
        if (sends(kind)) for (const [mapping, events] of counted) sum.set(mapping, (sum.get(mapping) ?? 0) + events);
      }
      return sum;
    },
    counts: () => [...byKind.values()].toSorted((one, other) => other.events - one.events),
    events: (kind) => byKind.values().reduce((sum, one) => sum + (one.kind === kind ? one.events : 0), 0),
  };
}

export function faultOf(outcome: Outcome): { readonly reason?: string | undefined; readonly detail?: string | undefined } {
  if (outcome.kind === 'refused' || outcome.kind === 'nothing_left') return { detail: outcome.detail };
  return 'fault' in outcome ? outcome.fault : {};
}
