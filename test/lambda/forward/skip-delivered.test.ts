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
    ['A was, and takes no part now: B may be its new name', [ready('B', '2')], [was('A', '1')], ['B invalid_field']],
    ['A was, and takes no part now, nor does B work', [faulty('B')], [was('A', '1')], ['B missing_field']],
    ['A was, is called A2 now and has another id', [ready('A2', 'new'), ready('B', '2')], [was('A', '1')], ['A2 invalid_field', 'B invalid_field']],
    ['A and B were, and B takes the id of A, which takes no part now', [ready('B', '1'), ready('C', '3')], [was('A', '1'), was('B', '2')], ['C invalid_field']],
    ['A and B were, A takes no part now, and C is new', [ready('B', '2'), ready('C', '3')], [was('A', '1'), was('B', '2')], ['C invalid_field']],
    ['A was, and B takes its id now: Metronome would drop B', [ready('A', '1'), ready('B', '1')], [was('A', '1')], ['B duplicate_transaction_id']],
    ['A was, now with another id, and B takes the old one', [ready('A', 'new'), ready('B', '1')], [was('A', '1')], ['B duplicate_transaction_id']],
    ['A was, and B takes the id that A would have now', [ready('A', 'new'), ready('B', 'new')], [was('A', '1')], ['B ready']],
    ['A was, and two that are new share its id', [ready('A2', '1'), ready('B', '1')], [was('A', '1')], ['A2 duplicate_transaction_id', 'B duplicate_transaction_id']],
    ['A was, and two others share an id', [ready('A', '1'), ready('B', '2'), ready('C', '2')], [was('A', '1')], ['B duplicate_transaction_id', 'C duplicate_transaction_id']],
    ['A was, twice', [ready('A', '3'), ready('B', '2')], [was('A', '1'), was('A', '2')], ['B duplicate_transaction_id']],
  ])('when %s', (_, usage, delivered, expected) => {
    expect(words(skipDelivered(usage, { delivered }))).toEqual(expected);
  });

  it('sends all that is left when a person has said that nothing was renamed', () => {
    const left = skipDelivered([ready('B', '2'), ready('C', '3')], { delivered: [was('A', '1')], nothingRenamed: true });

    expect(words(left)).toEqual(['B ready', 'C ready']);
  });

  it('takes none for a renamed one that took part under its own name before', () => {
    const left = skipDelivered([ready('A2', '2'), ready('B', '1')], { delivered: [was('A', '1')], undelivered: ['B'] });

    expect(words(left)).toEqual(['A2 invalid_field', 'B duplicate_transaction_id']);
  });

  it('says which one may be billed twice', () => {
    const [one] = skipDelivered([ready('A2', '2')], { delivered: [was('A', '1')] });

    expect(one).toMatchObject({ fault: { field: 'delivered', detail: '"A" was delivered before, and no mapping of that name or id takes part now. "A2" may be the same under another name, so nothing is sent: it could be billed twice.' } });
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
        const sent = skipDelivered(given, { delivered: before }).filter(({ kind }) => kind === 'ready');
        const ids = sent.map(({ transactionId }) => transactionId);

        expect(new Set(ids).size).toBe(ids.length);
        expect(sent.filter(({ mapping, transactionId }) => before.some((one) => one.mapping === mapping || one.transactionId === transactionId))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
