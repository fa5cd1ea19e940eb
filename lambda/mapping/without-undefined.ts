import { isContainer, isObject } from '../json-value.ts';

/** The value without undefined members, at every depth; an undefined array item stays. What has none is shared, not copied. */
export function withoutUndefined(value: unknown): unknown {
  return holdsUndefined(value) ? copyWithoutUndefined(value) : value;
}

/** True for a container with an undefined member or item at any depth. Makes nothing: nearly every value has none. */
function holdsUndefined(value: unknown): boolean {
  if (!isContainer(value)) return false;
  // Asking an array for the names of its items takes ten times as long as its items.
  if (Array.isArray(value)) return value.some(isOrHoldsUndefined);
  for (const name in value) {
    if (isOrHoldsUndefined(value[name])) return true;
  }
  return false;
}

function isOrHoldsUndefined(member: unknown): boolean {
  return member === undefined || (typeof member === 'object' && holdsUndefined(member));
}

function copyWithoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyWithoutUndefined);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, copyWithoutUndefined(member)]));
}
