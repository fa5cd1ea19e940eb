import { describe, expect, it } from '@jest/globals';

import type { LocalState } from '../helpers/local-process.ts';
import { violationsIn } from './account.ts';
import type { Outcome } from './account.ts';
import type { PlannedEvent } from './planned-event.ts';
import type { LedgerFact } from './read-ledger.ts';

const usage = { transaction_id: 'chaos-1-0', customer_id: 'c', timestamp: '2026-01-01T00:00:00.000Z', event_type: 'e', properties: {} };
const GOOD: PlannedEvent = { id: 'chaos-1-0', text: '{}', fate: 'delivered', usage: [usage] };
const FAULTY: PlannedEvent = { id: 'chaos-1-1', text: '{}', fate: 'quarantined', reason: 'not_json', usage: [] };

const delivered: LedgerFact = { sqsMessageId: 'a', eventId: GOOD.id, fate: 'delivered', reason: undefined, delivered: [usage.transaction_id], at: '2026-01-01T00:00:02.000Z' };
const quarantined: LedgerFact = { sqsMessageId: 'b', eventId: FAULTY.id, fate: 'quarantined', reason: 'not_json', delivered: [], at: '2026-01-01T00:00:02.000Z' };

const STATE: LocalState = {
  accepted: 2,
  fates: { delivered: 1, filtered: 0, quarantined: 1 },
  quarantine: { not_json: 1 },
  queue: { visible: 0, inFlight: 0, deadLetters: 0 },
  target: 'http://127.0.0.1:1',
};

const KEPT: Outcome = {
  events: [GOOD, FAULTY],
  billed: new Map([[usage.transaction_id, usage]]),
  ledger: [delivered, quarantined],
  refusedArchive: [],
  changed: new Set(),
  state: STATE,
};

const promisesBrokenBy = (change: Partial<Outcome>): readonly string[] => violationsIn({ ...KEPT, ...change }).map(({ promise }) => promise);

describe('violationsIn', () => {
  it('finds nothing when every promise was kept', () => {
    expect(violationsIn(KEPT)).toEqual([]);
  });

  it.each<[string, Partial<Outcome>, string]>([
    ['is not in Metronome', { billed: new Map() }, 'lost: not in Metronome'],
    ['is billed under a second id', { billed: new Map([...KEPT.billed, ['chaos-1-0-again', usage]]) }, 'billed, and must not be'],
    ['is billed with another value', { billed: new Map([[usage.transaction_id, { ...usage, customer_id: 'other' }]]) }, 'billed with other content'],
    ['came again with another value', { changed: new Set([usage.transaction_id]) }, 'sent again with other content'],
    ['has another fate', { ledger: [{ ...delivered, fate: 'filtered' }, quarantined] }, 'another fate than its own'],
    ['has no fate but a return', { ledger: [{ ...delivered, fate: 'returned' }, quarantined] }, 'another fate than its own'],
    ['has another reason', { ledger: [delivered, { ...quarantined, reason: 'missing_field' }] }, 'another fate than its own'],
    ['was delivered without a word of it in the ledger', { ledger: [{ ...delivered, delivered: [] }, quarantined] }, 'delivered otherwise than the ledger tells'],
    ['has a line in the ledger that nobody sent', { ledger: [delivered, quarantined, { ...delivered, sqsMessageId: 'c', eventId: 'chaos-1-9' }] }, 'in the ledger, but never sent'],
    ['is not in the ledger', { ledger: [quarantined] }, 'no fate in the ledger'],
    ['is left in the dead letters', { state: { ...STATE, queue: { ...STATE.queue, deadLetters: 1 } } }, 'counts of the state differ from the ledger'],
    ['is counted under another reason', { state: { ...STATE, quarantine: { missing_field: 1 } } }, 'counts of the state differ from the ledger'],
  ])('finds an event that %s', (_, change, promise) => {
    expect(promisesBrokenBy(change)).toContain(promise);
  });

  it('reduces a message to its best fate, and among equals to the latest', () => {
    const earlier: readonly LedgerFact[] = [
      { ...delivered, fate: 'quarantined', reason: 'refused_by_metronome', at: '2026-01-01T00:00:03.000Z' },
      { ...quarantined, reason: 'missing_field', at: '2026-01-01T00:00:01.000Z' },
    ];

    expect(promisesBrokenBy({ ledger: [delivered, quarantined, ...earlier] })).toEqual([]);
  });

  it('lets only a delivered event go without its line, and only if the archive refused it', () => {
    const filtered: PlannedEvent = { ...GOOD, fate: 'filtered', usage: [] };

    expect(promisesBrokenBy({ ledger: [quarantined], refusedArchive: [delivered] })).toEqual([]);
    expect(promisesBrokenBy({ ledger: [quarantined, { ...delivered, fate: 'returned' }], refusedArchive: [delivered] })).toEqual([]);
    expect(promisesBrokenBy({ events: [filtered, FAULTY], billed: new Map(), ledger: [quarantined], refusedArchive: [{ ...delivered, fate: 'filtered' }] })).toContain('no fate in the ledger');
  });

  it('names the events', () => {
    expect(violationsIn({ ...KEPT, billed: new Map() })).toEqual([{ promise: 'lost: not in Metronome', ids: ['chaos-1-0'] }]);
  });
});
