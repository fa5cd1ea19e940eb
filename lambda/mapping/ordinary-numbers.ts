import { ExactNumber } from '../exact-number.ts';
import { isContainer, isObject } from '../json-value.ts';

/** The same JSON value with ordinary numbers, as the hosted destination sees it. Shared, not copied, where it holds no other. */
export function withOrdinaryNumbers(value: unknown): unknown {
  return holdsExactNumber(value) ? copyWithOrdinaryNumbers(value) : value;
}

function holdsExactNumber(value: unknown): boolean {
  return value instanceof ExactNumber || (isContainer(value) && Object.values(value).some(holdsExactNumber));
}

function copyWithOrdinaryNumbers(value: unknown): unknown {
  if (value instanceof ExactNumber) return value.valueOf();
  if (Array.isArray(value)) return value.map(copyWithOrdinaryNumbers);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyWithOrdinaryNumbers(member)])) : value;
}
