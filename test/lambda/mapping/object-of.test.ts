import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { anyObjectOf, objectOf } from '../../../lambda/mapping/object-of.ts';

const names = fc.uniqueArray(fc.oneof(fc.constantFrom('transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties', '', '0'), fc.string({ maxLength: 2 })), { maxLength: 9 });
const members = names
  .filter((all) => !all.includes('__proto__'))
  .chain((all) => fc.tuple(...all.map((name) => fc.record({ name: fc.constant(name), value: fc.constantFrom<unknown>(undefined, null, 0, '', 'x', false) }))));

describe('anyObjectOf', () => {
  it('has the defined members of any number, in their order, and the undefined ones when they are kept', () => {
    fc.assert(
      fc.property(members, fc.boolean(), (all, keepsUndefined) => {
        const build = anyObjectOf(all.map(({ name, value }) => ({ name, evaluate: () => value })), keepsUndefined);

        const kept = all.filter(({ value }) => value !== undefined || keepsUndefined);
        const expected = Object.fromEntries(kept.map(({ name, value }) => [name, value]));
        expect(Object.entries(Object(build({})))).toStrictEqual(Object.entries(expected));
      }),
    );
  });

  it('evaluates each member once, for the event, in order', () => {
    const seen: unknown[] = [];
    const counting = Array.from({ length: 7 }, (_, index) => ({ name: `m${index}`, evaluate: (event: unknown) => seen.push([index, event]) }));

    anyObjectOf(counting, false)('event');

    expect(seen).toEqual(counting.map((_, index) => [index, 'event']));
  });
});

describe('objectOf', () => {
  it('has the same members, in any order', () => {
    fc.assert(
      fc.property(members, (all) => {
        const evaluators = all.map(({ name, value }) => ({ name, evaluate: () => value }));

        expect(objectOf(evaluators)({})).toStrictEqual(anyObjectOf(evaluators, false)({}));
      }),
    );
  });
});
