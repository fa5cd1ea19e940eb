import { isDirectiveKey } from '../../lambda/mapping/argument.ts';
import { ROOT_DIRECTIVE_KEY } from '../../lib/lint/mapping-parts.ts';
import { USAGE_EVENT_FIELDS } from '../../lib/lint/usage-event-fields.ts';

const FIELDS: ReadonlySet<string> = new Set(USAGE_EVENT_FIELDS);
/** Segment's own keys, for which the destination has no use. */
const INTERNAL = /^__segment_internal_(?:sync_mode|matching_key)$/;

/** A mapping without what Segment drops before sending: all but the five fields. Notes begin with a verb. */
export function withoutDropped(mapping: Readonly<Record<string, unknown>>): { readonly kept: Readonly<Record<string, unknown>>; readonly notes: readonly string[] } {
  const keys = Object.keys(mapping);
  // The other keys are then its argument, and no fields.
  const hasRootDirective = keys.some((key) => isDirectiveKey(key) || key === ROOT_DIRECTIVE_KEY);
  const isDropped = (key: string): boolean => (hasRootDirective ? INTERNAL.test(key) : !FIELDS.has(key));
  const kept = Object.fromEntries(Object.entries(mapping).filter(([key]) => !isDropped(key)));
  return { kept, notes: keys.filter(isDropped).map((key) => `loses "${key}", which Segment doesn't send to Metronome either`) };
}
