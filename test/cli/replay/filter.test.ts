import { describe, expect, it } from '@jest/globals';

import { isOfCustomer, matchesLine } from '../../../cli/replay/filter.ts';
import type { RootFilter } from '../../../cli/replay/filter.ts';
import type { Usage } from '../../../lambda/forward/route.ts';
import { AT, deliveredUsage, lineOf } from './lines.ts';

const LINE = lineOf(0, {
  reason: 'missing_field',
  field: 'customer_id',
  usage: [deliveredUsage('A', 'a'), { mapping: 'B', verdict: 'quarantined', reason: 'missing_field', field: 'customer_id' }, { mapping: 'C', verdict: 'quarantined', reason: 'id_too_long', field: 'transaction_id' }],
});

describe('matchesLine', () => {
  it.each<[string, RootFilter, boolean]>([
    ['nothing asked', {}, true],
    ['its reason', { reason: 'missing_field' }, true],
    ['the reason of one of its usage events', { reason: 'id_too_long' }, true],
    ['another reason', { reason: 'not_json' }, false],
    ['its field', { field: 'customer_id' }, true],
    ['another field', { field: 'timestamp' }, false],
    ['a mapping that failed', { mapping: 'C' }, true],
    ['a mapping that was delivered', { mapping: 'A' }, false],
    ['reason and mapping', { reason: 'missing_field', mapping: 'B' }, true],
    ['from its own moment', { from: AT }, true],
    ['from after it', { from: AT + 1 }, false],
    ['up to its own moment', { to: AT }, false],
    ['up to after it', { to: AT + 1 }, true],
  ])('%s', (_, filter, expected) => {
    expect(matchesLine(LINE, filter)).toBe(expected);
  });
});

describe('isOfCustomer', () => {
  const mapped: Usage = { kind: 'ready', mapping: 'A', transactionId: 't', json: '{"customer_id":"c-1"}', bytes: 0, hasRoundedId: false };

  it.each<[string, readonly Usage[], unknown, boolean]>([
    ['by what a mapping makes of it', [mapped], {}, true],
    ['by the group in its context', [], { context: { groupId: 'c-1' } }, true],
    ['by its group', [], { groupId: 'c-1' }, true],
    ['by its user', [], { userId: 'c-1' }, true],
    ['of somebody else', [], { userId: 'c-2', context: { groupId: 'c-11' } }, false],
    ['no JSON', [], undefined, false],
  ])('%s', (_, usage, event, expected) => {
    expect(isOfCustomer('c-1', usage, event)).toBe(expected);
  });
});
