import { ExactNumber } from './exact-number.ts';

/** An object or an array: what has members in JSON. */
export function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}

/** A JSON object: neither an array nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value);
}

/** What JSON has besides objects and arrays. */
export function isJsonScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** What a value is, for an error sentence. It never shows the value: values are customer data. */
export function describeType(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof ExactNumber) return 'a number';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number out of range';
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * An own member of a JSON value, or undefined. Own only: a path such as `constructor` or `__proto__` must never reach a
 * prototype or a function. A string's own members are its `length` and its characters, an array's its `length` and items.
 */
export function ownMember(value: unknown, name: string): unknown {
  if (isContainer(value)) return Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof value !== 'string') return undefined;
  if (name === 'length') return value.length;
  const index = Number(name);
  return String(index) === name ? value[index] : undefined;
}
