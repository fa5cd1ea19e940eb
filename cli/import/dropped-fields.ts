const FIELDS: ReadonlySet<string> = new Set(['transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties']);
/** Segment's own keys, for which the destination has no use. */
const INTERNAL = /^__segment_internal_(?:sync_mode|matching_key)$/;
/** With this key, or a directive at the root, the other keys are an argument and no fields. */
const ROOT_DIRECTIVE = /^(?:@|__segment_internal_directive$)/;

/** A mapping without what Segment drops before sending: all but the five fields. Notes begin with a verb. */
export function withoutDropped(mapping: Readonly<Record<string, unknown>>): { readonly kept: Readonly<Record<string, unknown>>; readonly notes: readonly string[] } {
  const keys = Object.keys(mapping);
  const hasRootDirective = keys.some((key) => ROOT_DIRECTIVE.test(key));
  const isDropped = (key: string): boolean => (hasRootDirective ? INTERNAL.test(key) : !FIELDS.has(key));
  const kept = Object.fromEntries(Object.entries(mapping).filter(([key]) => !isDropped(key)));
  return { kept, notes: keys.filter(isDropped).map((key) => `loses "${key}", which Segment doesn't send to Metronome either`) };
}
