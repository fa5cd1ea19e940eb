import { describe, expect, it } from '@jest/globals';

import { compare } from '../../../../cli/preview/diff/compare.ts';
import { evaluate } from '../../../../cli/preview/evaluate.ts';
import type { Outcome } from '../../../../cli/preview/evaluate.ts';
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
});
