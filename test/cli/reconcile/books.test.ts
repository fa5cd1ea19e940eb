import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { balanceOf } from '../../../cli/reconcile/balance.ts';
import { openBooks } from '../../../cli/reconcile/books.ts';
import { dayFrom } from '../../../cli/reconcile/day.ts';
import type { LedgerLine } from '../../../cli/ledger/ledger-line.ts';

const DAY = Date.parse('2026-11-21T00:00:00.000Z');
const NEXT_DAY = Date.parse('2026-11-22T00:00:00.000Z');

function line(sqsMessageId: string, fate: LedgerLine['fate'], overrides: Partial<LedgerLine> = {}): LedgerLine {
  return { v: 1, at: '2026-11-21T10:00:00.000Z', acceptedAt: '2026-11-21T09:30:00.000Z', mappingVersion: 'v', usage: [], sqsMessageId, fate, ...overrides };
}

function booksOf(lines: readonly LedgerLine[]) {
  const books = openBooks(DAY, NEXT_DAY);
  for (const one of lines) books.enter(one);
  return books;
}

describe('openBooks', () => {
  it('counts a message once, however many lines it has, with its best fate', () => {
    const books = booksOf([line('a', 'quarantined'), line('b', 'delivered', { replayOf: 'a' }), line('a', 'quarantined'), line('c', 'filtered'), line('d', 'quarantined')]);

    expect(books.messages()).toBe(3);
    expect(books.fates()).toEqual({ delivered: 1, filtered: 1, quarantined: 1 });
  });

  it('counts a replayed one as its latest message has it, unless one was delivered', () => {
    const later = { at: '2026-11-21T11:00:00.000Z' };
    const books = booksOf([line('a', 'filtered'), line('a2', 'quarantined', { ...later, replayOf: 'a' }), line('b', 'quarantined'), line('b2', 'filtered', { ...later, replayOf: 'b' }), line('c', 'delivered'), line('c2', 'quarantined', { ...later, replayOf: 'c' })]);

    expect(books.fates()).toEqual({ delivered: 1, filtered: 1, quarantined: 1 });
  });

  it('tells what replays billed under two ids of one mapping', () => {
    const usage = (mapping: string, transactionId: string) => [{ mapping, transactionId, verdict: 'delivered' as const }];
    const books = booksOf([
      line('a1', 'delivered', { replayOf: 'a', usage: usage('Usage', 'one') }),
      line('a2', 'delivered', { replayOf: 'a', usage: usage('Usage', 'two') }),
      line('b', 'quarantined', { usage: usage('Usage', 'three') }),
      line('b1', 'delivered', { replayOf: 'b', usage: [...usage('Usage', 'three'), ...usage('Seats', 'four')] }),
    ]);

    expect(books.billedTwice()).toEqual([{ root: 'a', mapping: 'Usage', transactionIds: ['one', 'two'] }]);
  });

  it('counts what was accepted on the day, whenever it was settled', () => {
    const times = ['2026-11-20T23:59:59.999Z', '2026-11-21T00:00:00.000Z', '2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00.000Z', 'not a time'];
    const books = booksOf(times.map((acceptedAt) => line(acceptedAt, 'delivered', { acceptedAt, at: '2026-11-29T10:00:00.000Z' })));

    expect(Object.fromEntries(books.byHour())).toEqual({ '2026-11-21T00': 1, '2026-11-21T23': 1 });
    expect(books.messages()).toBe(2);
  });

  it('leaves out what only went back to the queue', () => {
    expect(booksOf([line('a', 'returned')]).messages()).toBe(0);
  });

  it('comes to the same whatever the order of lines', () => {
    const lines = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), fate: fc.constantFrom('delivered', 'filtered', 'quarantined', 'returned') }));
    fc.assert(
      fc.property(lines, (drawn) => {
        const all = drawn.map(({ id, fate }) => line(id, fate as LedgerLine['fate']));
        const [books, reversed] = [booksOf(all), booksOf(all.toReversed())];

        expect(reversed.fates()).toEqual(books.fates());
        expect(books.messages()).toBe(new Set(all.filter(({ fate }) => fate !== 'returned').map(({ sqsMessageId }) => sqsMessageId)).size);
      }),
    );
  });
});

describe('balanceOf', () => {
  const books = (messages: number, byHour: Readonly<Record<string, number>> = {}) => ({ messages: () => messages, fates: () => ({ delivered: messages, filtered: 0, quarantined: 0 }), byHour: () => new Map(Object.entries(byHour)), billedTwice: () => [] });

  it.each([
    { accepted: 100, ledger: 100, waiting: 0, deadLetters: 0, missing: 0, unexplained: 0 },
    { accepted: 100, ledger: 90, waiting: 7, deadLetters: 3, missing: 10, unexplained: 0 },
    { accepted: 100, ledger: 90, waiting: 7, deadLetters: 2, missing: 10, unexplained: 1 },
    { accepted: 100, ledger: 90, waiting: 500, deadLetters: 0, missing: 10, unexplained: 0 },
    { accepted: 100, ledger: 100, waiting: 500, deadLetters: 9, missing: 0, unexplained: 0 },
    { accepted: 100, ledger: 103, waiting: 500, deadLetters: 9, missing: -3, unexplained: -3 },
    { accepted: 0, ledger: 0, waiting: 0, deadLetters: 0, missing: 0, unexplained: 0 },
  ])('of $accepted accepted, $ledger in the ledger, $waiting waiting and $deadLetters dead leaves $unexplained unexplained', ({ accepted, ledger, waiting, deadLetters, missing, unexplained }) => {
    expect(balanceOf({ total: accepted, byHour: undefined }, books(ledger), { waiting, deadLetters })).toMatchObject({ missing, unexplained, differences: [] });
  });

  it('lists the hours that differ, those only one side knows, too', () => {
    const byHour = new Map([['2026-11-21T09', 5], ['2026-11-21T10', 5], ['2026-11-21T12', 1]]);

    const { differences } = balanceOf({ total: 11, byHour }, books(10, { '2026-11-21T09': 5, '2026-11-21T10': 4, '2026-11-21T11': 1 }), { waiting: 0, deadLetters: 0 });

    expect(differences).toEqual([
      { hour: '2026-11-21T10', accepted: 5, ledger: 4 },
      { hour: '2026-11-21T11', accepted: 0, ledger: 1 },
      { hour: '2026-11-21T12', accepted: 1, ledger: 0 },
    ]);
  });
});

describe('dayFrom', () => {
  it('is a day in UTC', () => {
    expect(dayFrom('2026-11-21')).toEqual({ name: '2026-11-21', from: DAY, to: NEXT_DAY });
  });

  it.each(['', 'yesterday', '2026-11', '2026-02-30', '2026-13-01', '21.11.2026', '2026-11-21T00:00Z'])('is not %j', (text) => {
    expect(dayFrom(text)).toBeUndefined();
  });
});
