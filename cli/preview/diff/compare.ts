import type { ReadyUsage } from '../../../lambda/forward/route.ts';
import { MappingError, parseEvent } from '../../../lambda/mapping/index.ts';
import type { Outcome } from '../evaluate.ts';
import { canonicalJson } from './canonical-json.ts';
import { leaves } from './leaves.ts';
import { pairUsage } from './pairs.ts';
import type { Pair } from './pairs.ts';

/** How an event's outcome differs between two mappings files. Texts of values are exact JSON. */
export type Change =
  | { readonly kind: 'fate' }
  | { readonly kind: 'field'; readonly mapping: string; readonly field: string; readonly before: string | undefined; readonly after: string | undefined }
  /** The same event would be known to Metronome by another id. */
  | { readonly kind: 'transaction_id'; readonly mapping: string; readonly before: string; readonly after: string }
  /** A usage event more for an event that already had one. */
  | { readonly kind: 'additional'; readonly mapping: string }
  | { readonly kind: 'now_sent' | 'no_longer_sent'; readonly mapping: string };

const WHOLE = '(the whole usage event)';

export function compare(before: Outcome, after: Outcome): readonly Change[] {
  const hadUsage = before.usage.some(({ kind }) => kind === 'ready');
  const changes = pairUsage(before.usage, after.usage).flatMap((pair) => pairChanges(pair, hadUsage));
  return isSameFate(before, after) ? changes : [{ kind: 'fate' }, ...changes];
}

function isSameFate({ fate: before }: Outcome, { fate: after }: Outcome): boolean {
  if (before.kind !== 'quarantined' || after.kind !== 'quarantined') return before.kind === after.kind;
  return before.reason === after.reason && before.field === after.field;
}

function pairChanges({ before, after }: Pair, hadUsage: boolean): readonly Change[] {
  const [old, now] = [before, after].map((usage) => (usage?.kind === 'ready' ? usage : undefined));
  if (old !== undefined && now !== undefined) return fieldChanges(old, now);
  if (old !== undefined) return [{ kind: 'no_longer_sent', mapping: old.mapping }];
  if (now === undefined) return [];
  const isAdditional = hadUsage && before === undefined;
  return [{ kind: isAdditional ? 'additional' : 'now_sent', mapping: now.mapping }];
}

/** A change is found exactly where the canonical JSON differs: what can't be told field by field is told as a whole. */
function fieldChanges(old: ReadyUsage, now: ReadyUsage): readonly Change[] {
  if (old.json === now.json) return [];
  const whole = fieldChange(now.mapping, WHOLE, old.json, now.json);
  try {
    const [before, after] = [parseEvent(old.json).exact(), parseEvent(now.json).exact()];
    const found = leafChanges(now.mapping, leaves(before), leaves(after));
    return found.length > 0 || canonicalJson(before) === canonicalJson(after) ? found : [whole];
  } catch (error) {
    // Nested too deeply to be taken apart.
    if (error instanceof MappingError || error instanceof RangeError) return [whole];
    throw error;
  }
}

function leafChanges(mapping: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Change[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter((field) => before.get(field) !== after.get(field));
  return fields.map((field) => fieldChange(mapping, field, before.get(field), after.get(field)));
}

function fieldChange(mapping: string, field: string, before: string | undefined, after: string | undefined): Change {
  if (field === 'transaction_id' && before !== undefined && after !== undefined) return { kind: field, mapping, before, after };
  return { kind: 'field', mapping, field, before, after };
}
