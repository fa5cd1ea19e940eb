import { describe, expect, it } from '@jest/globals';

import type { LedgerLine } from '../../cli/ledger/ledger-line.ts';
import { checkBilling, enter, otherFates } from './books.ts';
import type { Books } from './books.ts';
import { expectedUsage, foreignEvent, goodEvents, incompleteEvent } from './planned-event.ts';
import type { PlannedEvent } from './planned-event.ts';

type Billed = Map<string, Readonly<Record<string, unknown>>>;

const NOTHING: ReadonlySet<string> = new Set();
const [first, second] = goodEvents(2) as [PlannedEvent, PlannedEvent];

function booksOf(...planned: readonly PlannedEvent[]): Books {
  const books: Books = new Map();
  enter(books, planned);
  return books;
}

function billed(...planned: readonly PlannedEvent[]): Billed {
  return new Map(planned.map(({ event }) => [event.messageId, expectedUsage(event)]));
}

function line(fate: LedgerLine['fate'], reason?: string): LedgerLine {
  return { v: 1, at: '2026-11-22T12:00:00.000Z', sqsMessageId: 's', acceptedAt: '2026-11-22T12:00:00.000Z', fate, mappingVersion: 'm', usage: [], ...(reason === undefined ? {} : { reason }) };
}

describe('checkBilling', () => {
  it('is content when each delivered event is billed as it was sent, and nothing else', () => {
    expect(() => checkBilling(booksOf(first, second, foreignEvent()), { billed: billed(first, second), changed: NOTHING })).not.toThrow();
  });

  it.each<[string, Billed, ReadonlySet<string>]>([
    ['a lost event', billed(first), NOTHING],
    ['an event nobody sent', billed(first, second, ...goodEvents(1)), NOTHING],
    ['another amount', new Map([...billed(first), [second.event.messageId, { ...expectedUsage(second.event), properties: { tokens: 1 } }]]), NOTHING],
    ['an event sent again with another content', billed(first, second), new Set([first.event.messageId])],
  ])('finds %s', (_, seen, changed) => {
    expect(() => checkBilling(booksOf(first, second), { billed: seen, changed })).toThrow(/otherwise/);
  });
});

describe('otherFates', () => {
  const incomplete = incompleteEvent();

  it.each<[string, PlannedEvent, readonly LedgerLine[], RegExp | undefined]>([
    ['delivered', first, [line('delivered')], undefined],
    ['accepted twice and delivered twice', first, [line('delivered'), line('delivered')], undefined],
    ['not settled', first, [], /no fate instead of delivered/],
    ['delivered once, and quarantined once', first, [line('delivered'), line('quarantined', 'not_json')], /quarantined \(not_json\) instead of delivered/],
    ['quarantined for its reason', incomplete, [line('quarantined', 'missing_field')], undefined],
    ['quarantined for another reason', incomplete, [line('quarantined', 'not_json')], /not_json\) instead of quarantined \(missing_field/],
  ])('%s', (_, planned, lines, expected) => {
    const others = otherFates([planned], new Map(lines.length === 0 ? [] : [[planned.event.messageId, lines]]));

    expect(others).toEqual(expected === undefined ? [] : [expect.stringMatching(expected)]);
  });
});
