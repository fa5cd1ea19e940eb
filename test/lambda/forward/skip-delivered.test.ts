import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { skipDelivered } from '../../../lambda/forward/skip-delivered.ts';
import type { Usage } from '../../../lambda/forward/usage-of.ts';
import type { DeliveredUsage } from '../../../lambda/message.ts';

const ready = (mapping: string, transactionId: string): Usage => ({ kind: 'ready', mapping, transactionId, json: '{}', bytes: 2, hasRoundedId: false });
const faulty = (mapping: string, transactionId?: string): Usage => ({ kind: 'faulty', mapping, transactionId, fault: { reason: 'missing_field' } });
const was = (mapping: string, transactionId: string): DeliveredUsage => ({ mapping, transactionId });
/** `A ready`, `B duplicate_transaction_id` */
const words = (usage: readonly Usage[]): string[] => usage.map((one) => `${one.mapping} ${one.kind === 'ready' ? 'ready' : one.fault.reason}`);

describe('skipDelivered', () => {
  it.each<[string, readonly Usage[], readonly DeliveredUsage[], readonly string[]]>([
    ['nothing was delivered', [ready('A', '1'), faulty('B')], [], ['A ready', 'B missing_field']],
    ['A was', [ready('A', '1'), ready('B', '2')], [was('A', '1')], ['B ready']],
    ['A was, under another id than its mapping makes now', [ready('A', 'new'), ready('B', '2')], [was('A', '1')], ['B ready']],
    ['A was, and its mapping fails now', [faulty('A'), ready('B', '2')], [was('A', '1')], ['B ready']],
    ['A was, and is called A2 now', [ready('A2', '1'), ready('B', '2')], [was('A', '1')], ['B ready']],
    ['A was, is called A2 now, and is too old by now', [faulty('A2', '1')], [was('A', '1')], []],
    ['all were', [ready('A', '1'), ready('B', '2')], [was('A', '1'), was('B', '2')], []],
    ['A was, and no mapping makes anything of it now', [ready('B', '2')], [was('A', '1')], ['B ready']],
    ['A was, and B takes its id now: Metronome would drop B', [ready('A', '1'), ready('B', '1')], [was('A', '1')], ['B duplicate_transaction_id']],
    ['A was, now with another id, and B takes the old one', [ready('A', 'new'), ready('B', '1')], [was('A', '1')], ['B duplicate_transaction_id']],
    ['A was, and B takes the id that A would have now', [ready('A', 'new'), ready('B', 'new')], [was('A', '1')], ['B ready']],
    ['A was, and two that are new share its id', [ready('A2', '1'), ready('B', '1')], [was('A', '1')], ['A2 duplicate_transaction_id', 'B duplicate_transaction_id']],
    ['A was, and two others share an id', [ready('A', '1'), ready('B', '2'), ready('C', '2')], [was('A', '1')], ['B duplicate_transaction_id', 'C duplicate_transaction_id']],
    ['A was, twice', [ready('A', '3'), ready('B', '2')], [was('A', '1'), was('A', '2')], ['B duplicate_transaction_id']],
    ['something of another name and id was', [ready('A', '1')], [was('Z', '9')], ['A ready']],
  ])('when %s', (_, usage, delivered, expected) => {
    expect(words(skipDelivered(usage, delivered))).toEqual(expected);
  });

  it('never leaves to send what was delivered, by name or by id, nor one id twice', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D');
    const id = fc.constantFrom('1', '2', '3', '4');
    const usage = fc.uniqueArray(fc.oneof(fc.tuple(name, id).map(([mapping, transactionId]) => ready(mapping, transactionId)), name.map((mapping) => faulty(mapping))), {
      selector: ({ mapping }) => mapping,
    });
    const delivered = fc.array(fc.record({ mapping: name, transactionId: id }), { maxLength: 4 });
    fc.assert(
      fc.property(usage, delivered, (given, before) => {
        const sent = skipDelivered(given, before).filter(({ kind }) => kind === 'ready');
        const ids = sent.map(({ transactionId }) => transactionId);

        expect(new Set(ids).size).toBe(ids.length);
        expect(sent.filter(({ mapping, transactionId }) => before.some((one) => one.mapping === mapping || one.transactionId === transactionId))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
