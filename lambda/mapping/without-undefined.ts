import { isContainer, isObject } from '../json-value.ts';

/** The value without undefined members, at every depth; an undefined array item stays. What has none is shared, not copied. */
export function withoutUndefined(value: unknown): unknown {
  return holdsUndefined(value) ? copyWithoutUndefined(value) : value;
}

/** True for a container with an undefined member or item at any depth. Makes nothing: nearly every value has none. */
function holdsUndefined(value: unknown): boolean {
  if (!isContainer(value)) return false;
  for (const name in value) {
    const member = value[name];
    if (member === undefined || (typeof member === 'object' && holdsUndefined(member))) return true;
  }
  return false;
}

function copyWithoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyWithoutUndefined);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, copyWithoutUndefined(member)]));
}
