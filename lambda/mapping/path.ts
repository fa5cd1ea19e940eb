import { ExactNumber } from '../exact-number.ts';
import { ownMember } from '../json-value.ts';

/** A compiled mapping or a part of it. Pure: the same event gives an equal value. */
export type Evaluate = (event: unknown) => unknown;

/** A dot; an opening bracket before a quote or a digit; closing brackets after one. Any other bracket is part of a key. */
const SEPARATORS = /\.|\[(?=["'\d])|(?<=["'\d])\]+/;
const QUOTES = /["']/g;

/** The keys of a `@path`: as `splitKeys`, but the first `$.` goes before, wherever it stands. */
export function splitPath(path: string): readonly string[] {
  return splitKeys(path.replace('$.', ''));
}

/**
 * The keys of a path, split as Segment's hosted destination does: empty parts go; then the quotes inside a part go. So a
 * key holding a dot or a quote can't be reached, and `''` is the whole event.
 */
export function splitKeys(path: string): readonly string[] {
  return path
    .split(SEPARATORS)
    .filter((part) => part !== '')
    .map((part) => part.replace(QUOTES, ''));
}

/** Follows the keys and stops at the first falsy value, which is the result: through null comes null, through 0 comes 0. */
export function walk(event: unknown, keys: readonly string[]): unknown {
  let value = event;
  for (const key of keys) {
    if (isFalsy(value)) return value;
    value = ownMember(value, key);
  }
  return value;
}

/** A closure that follows the keys. Up to three keys, nearly all paths there are, take no loop. */
export function compileKeys(keys: readonly string[]): Evaluate {
  const [first, second, third, ...more] = keys;
  if (first === undefined) return (event) => event;
  if (more.length > 0 || keys.some(isInheritable)) return (event) => walk(event, keys);
  if (second === undefined) return (event) => step(event, first);
  if (third === undefined) return (event) => step(step(event, first), second);
  return (event) => step(step(step(event, first), second), third);
}

/**
 * One step of `walk` for a key that no prototype has: a plain read finds own members only, at half of the check's price.
 * It finds none in an exact number, so only then it matters whether one is zero and ends the walk.
 */
function step(value: unknown, key: string): unknown {
  if (!value) return value;
  if (!isReadable(value)) return ownMember(value, key);
  const member = value[key];
  return member === undefined && isFalsy(value) ? value : member;
}

function isReadable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object';
}

function isFalsy(value: unknown): boolean {
  return !value || (value instanceof ExactNumber && value.valueOf() === 0);
}

/** True for a key that objects, arrays or exact numbers inherit, such as `constructor`; other JSON values have no members. */
function isInheritable(key: string): boolean {
  return key in Object.prototype || key in Array.prototype || key in ExactNumber.prototype;
}
