import { isObject } from '../json-value.ts';

/** The value without undefined members, at every depth; an undefined array item stays. What has none is shared, not copied. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutUndefined);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const kept = entries.filter(([, member]) => member !== undefined).map(([name, member]) => [name, withoutUndefined(member)] as const);
  const isUnchanged = kept.length === entries.length && kept.every(([, member], index) => member === entries[index]?.[1]);
  return isUnchanged ? value : Object.fromEntries(kept);
}
