import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { canonicalJson } from '../../../../cli/preview/diff/canonical-json.ts';
import { compare } from '../../../../cli/preview/diff/compare.ts';
import { evaluate } from '../../../../cli/preview/evaluate.ts';
import type { Outcome } from '../../../../cli/preview/evaluate.ts';
import { ExactNumber } from '../../../../lambda/exact-number.ts';
import { compileMappings } from '../../../../lambda/mapping/index.ts';
import { DEFAULT_MAPPING } from '../../../lambda/forward/factories.ts';
import { NOW } from '../../io-double.ts';

const EVENT = `{"type":"track","event":"call","messageId":"m-1","timestamp":"2026-11-22T11:00:00Z",
  "context":{"groupId":"acme"},"properties":{"cid":"c-9","price":1.10,"rate":1.1,"items":[{"n":1},{"n":2}],"zero":{}}}`;

interface Entry {
  readonly name?: string;
  readonly trigger?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What mappings that differ from the default one in these things make of the event. */
function outcomeOf(...entries: readonly Entry[]): Outcome {
  const mappings = entries.map(({ name = 'calls', trigger = 'type = "track"', fields = {} }) => ({ name, trigger, mapping: { ...DEFAULT_MAPPING, ...fields } }));
  return evaluate(EVENT, compileMappings(JSON.stringify({ mappings })).mappings, NOW);
}

const sentAs = (json: string): Outcome => ({ fate: { kind: 'delivered' }, usage: [{ kind: 'ready', mapping: 'calls', transactionId: 'm-1', json, bytes: json.length, hasRoundedId: false }] });
const sent = (usageEvent: unknown): Outcome => sentAs(JSON.stringify(usageEvent));

const field = (path: string, before: string | undefined, after: string | undefined, mapping = 'calls') => ({ kind: 'field', mapping, field: path, before, after });
const PATH = (path: string) => ({ '@path': path });

describe('compare', () => {
  it.each<[string, readonly Entry[], readonly Entry[], readonly unknown[]]>([
    ['nothing, for the same mapping', [{}], [{}], []],
    ['nothing, for a new name alone', [{ name: 'old' }], [{ name: 'new' }], []],
    ['nothing, for another order', [{ name: 'a' }, { name: 'b', fields: { transaction_id: 'b' } }], [{ name: 'b', fields: { transaction_id: 'b' } }, { name: 'a' }], []],
    ['a field', [{}], [{ fields: { customer_id: PATH('$.properties.cid') } }], [field('customer_id', '"acme"', '"c-9"')]],
    ['digits', [{ fields: { properties: { p: PATH('$.properties.price') } } }], [{ fields: { properties: { p: PATH('$.properties.rate') } } }], [field('properties.p', '1.10', '1.1')]],
    ['a property that comes', [{ fields: { properties: {} } }], [{ fields: { properties: { a: 1 } } }], [field('properties', '{}', undefined), field('properties.a', undefined, '1')]],
    [
      'items of a list',
      [{ fields: { properties: { i: PATH('$.properties.items') } } }],
      [{ fields: { properties: { i: [{ n: 1 }, { n: '2' }, {}] } } }],
      [field('properties.i[1].n', '2', '"2"'), field('properties.i[2]', undefined, '{}')],
    ],
    ['a key that holds a dot', [{ fields: { properties: { a: { b: 1 } } } }], [{ fields: { properties: { 'a.b': 1 } } }], [field('properties.a.b', '1', undefined), field('properties["a.b"]', undefined, '1')]],
    ['a key that looks like a place in a list', [{ fields: { properties: { l: [1] } } }], [{ fields: { properties: { 'l[0]': 1 } } }], [field('properties.l[0]', '1', undefined), field('properties["l[0]"]', undefined, '1')]],
    ['one of two values that look alike', [{ fields: { properties: { 'a.b': 1, a: { b: 2 } } } }], [{ fields: { properties: { 'a.b': 3, a: { b: 2 } } } }], [field('properties["a.b"]', '1', '3')]],
    ['nothing, for another order of members', [{ fields: { properties: { a: 1, b: { c: 2, d: 3 } } } }], [{ fields: { properties: { b: { d: 3, c: 2 }, a: 1 } } }], []],
    ['another id', [{}], [{ fields: { transaction_id: 'x' } }], [{ kind: 'transaction_id', mapping: 'calls', before: '"m-1"', after: '"x"' }]],
    ['another id under a new name', [{ name: 'old' }], [{ name: 'new', fields: { transaction_id: 'x' } }], [{ kind: 'transaction_id', mapping: 'new', before: '"m-1"', after: '"x"' }]],
    ['a filtered event that is now billed', [{ trigger: 'type = "page"' }], [{}], [{ kind: 'fate' }, { kind: 'now_sent', mapping: 'calls' }]],
    ['a billed event that is now filtered', [{}], [{ trigger: 'type = "page"' }], [{ kind: 'fate' }, { kind: 'no_longer_sent', mapping: 'calls' }]],
    ['a billed event that is now quarantined', [{}], [{ fields: { customer_id: PATH('$.nothing') } }], [{ kind: 'fate' }, { kind: 'no_longer_sent', mapping: 'calls' }]],
    ['a quarantined event that is now billed', [{ fields: { customer_id: PATH('$.nothing') } }], [{}], [{ kind: 'fate' }, { kind: 'now_sent', mapping: 'calls' }]],
    ['another reason', [{ fields: { customer_id: PATH('$.nothing') } }], [{ fields: { timestamp: 'x' } }], [{ kind: 'fate' }]],
    ['an id that is not sent', [{ fields: { customer_id: PATH('$.nothing') } }], [{ fields: { customer_id: PATH('$.nothing'), transaction_id: 'x' } }], []],
    ['a usage event more', [{}], [{}, { name: 'more', fields: { transaction_id: 'x' } }], [{ kind: 'additional', mapping: 'more' }]],
    ['a usage event less', [{}, { name: 'more', fields: { transaction_id: 'x' } }], [{}], [{ kind: 'no_longer_sent', mapping: 'more' }]],
    [
      'a usage event more that spoils both',
      [{}],
      [{}, { name: 'more' }],
      [{ kind: 'fate' }, { kind: 'no_longer_sent', mapping: 'calls' }],
    ],
  ])('finds %s', (_, before, after, changes) => {
    expect(compare(outcomeOf(...before), outcomeOf(...after))).toEqual(changes);
  });

  it('finds a change exactly when the JSON differs, digits counting and the order of members not', () => {
    const names = fc.constantFrom('a', 'b', 'a.b', 'a[0]', '0', '', '"', 'a"]["b', '__proto__', 'properties', '[0]');
    const numbers = fc.constantFrom('1', '1.0', '1.10', '-0', '0', '12345678901234567890', '1E400').map((text) => new ExactNumber(text));
    const { value: values } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, numbers, fc.constantFrom('x', '1', null, true), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(names, tie('value'), { maxKeys: 3, noNullPrototype: true })),
    }));
    const events = fc.record({ transaction_id: fc.constantFrom('m-1', 'm-2'), customer_id: fc.constantFrom('a', 'b'), properties: values });

    fc.assert(
      fc.property(events, events, fc.boolean(), (old, other, isSmall) => {
        const now = isSmall ? { ...other, transaction_id: old.transaction_id, customer_id: old.customer_id } : other;

        const changes = compare(sent(old), sent(now));

        expect(changes.length > 0).toBe(canonicalJson(old) !== canonicalJson(now));
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells what it can\'t take apart as a whole', () => {
    const deep = `{"properties":${'['.repeat(20_000)}1.0${']'.repeat(20_000)}}`;

    const changes = compare(sentAs('{"properties":1}'), sentAs(deep));

    expect(changes).toEqual([field('(the whole usage event)', '{"properties":1}', deep)]);
  });
});
