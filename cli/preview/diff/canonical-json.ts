import { isObject } from '../../../lambda/json-value.ts';

/** A value's JSON with the members of its objects sorted, so that equal values have equal texts. Exact numbers keep their digits. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (isObject(member) && !JSON.isRawJSON(member) ? sorted(member) : member));
}

/** Through entries, since assigning a member named __proto__ would lose it. */
function sorted(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

declare global {
  // https://tc39.es/proposal-json-parse-with-source/: in Node 24, not yet in TypeScript's library.
  interface JSON {
    isRawJSON(value: unknown): boolean;
  }
}
