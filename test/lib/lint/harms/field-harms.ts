import { track } from './harm.ts';
import type { Harm } from './harm.ts';

const first = track();
const second = track({ messageId: 'm-2', timestamp: '2026-01-03T00:00:00.000Z', context: { groupId: 'g-2' } });
const both = [first, second];
const HOUR_MS = 3_600_000;

export const FIELD_HARMS = {
  'missing-field': { claim: 'every event fails', events: [first], bad: ['missing_field customer_id'], good: ['billed'] },
  'extra-field': {
    claim: 'the seats aren\'t sent',
    events: [track({ context: { groupId: 'g-1', seats: 7 } })],
    shows: (usage) => JSON.stringify(usage).includes('"seats":7'),
    bad: [false],
    good: [true],
  },
  'unusable-constant': { claim: 'every event fails', events: [first], bad: ['missing_field customer_id'], good: ['billed'] },
  'field-of-wrong-kind': {
    claim: 'every event fails',
    events: [track({ context: { traits: { account_id: 'a-1' } } })],
    shows: ({ customer_id }) => customer_id,
    bad: ['invalid_field customer_id'],
    good: ['a-1'],
  },
  'constant-customer-id': { claim: 'two customers\' events are billed to one', events: both, shows: ({ customer_id }) => customer_id, bad: ['acme', 'acme'], good: ['g-1', 'g-2'] },
} as const satisfies Readonly<Record<string, Harm>>;

export const ID_HARMS = {
  'constant-transaction-id': { claim: 'two events get the same id', events: both, shows: ({ transaction_id }) => transaction_id, bad: ['order', 'order'], good: ['m-1', 'm-2'] },
  'shared-transaction-id': {
    claim: 'two events of one day get the same id',
    events: [first, track({ messageId: 'm-2', timestamp: '2026-01-02T23:00:00.000Z' })],
    shows: ({ transaction_id }) => transaction_id,
    bad: ['u-1-2026-01-02', 'u-1-2026-01-02'],
    good: ['u-1-m-1', 'u-1-m-2'],
  },
  'maybe-shared-transaction-id': {
    claim: 'two events of one session get the same id',
    events: [track({ properties: { session_id: 's-1' } }), track({ messageId: 'm-2', properties: { session_id: 's-1' } })],
    shows: ({ transaction_id }) => transaction_id,
    bad: ['s-1', 's-1'],
    good: ['s-1-m-1', 's-1-m-2'],
  },
  'id-differs-each-time': {
    claim: 'an event that comes again an hour later gets another id',
    events: [first, first],
    shows: ({ transaction_id }) => transaction_id,
    bad: ['u-1-1767225600', 'u-1-1767229200'],
    good: ['u-1-m-1', 'u-1-m-1'],
  },
  'id-part-may-be-missing': {
    claim: 'two events without the part get the same id',
    events: [...both, track({ properties: { order_id: 'o-1' } })],
    shows: ({ transaction_id }) => transaction_id,
    bad: ['order-', 'order-', 'order-o-1'],
    good: ['m-1', 'm-2', 'order-o-1'],
  },
} as const satisfies Readonly<Record<string, Harm>>;

export const TIMESTAMP_HARMS = {
  'constant-timestamp': {
    claim: 'events of two days are billed at one moment',
    events: both,
    shows: ({ timestamp }) => timestamp,
    bad: ['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z'],
    good: ['2026-01-02T03:04:05.678Z', '2026-01-03T00:00:00.000Z'],
  },
  'epoch-seconds': {
    claim: 'the event lands in the 18th century',
    events: [track({ timestamp: '2026-01-02T03:04:05Z' })],
    shows: ({ timestamp }) => timestamp.slice(0, 2),
    bad: ['17'],
    good: ['20'],
  },
  'timestamp-maybe-seconds': {
    claim: 'seconds become January 1970',
    events: [track({ properties: { created_epoch: 1_767_323_045 } })],
    shows: ({ timestamp }) => timestamp.slice(0, 7),
    bad: ['1970-01'],
    good: ['2026-01'],
  },
  'timestamp-as-text': {
    claim: 'milliseconds become a date in the 18th century',
    events: [track({ properties: { occurred: 1_767_323_045_123 } })],
    shows: ({ timestamp }) => timestamp.slice(0, 2),
    bad: ['17'],
    good: ['20'],
  },
  'timestamp-format': {
    claim: '2 January is billed as 1 February',
    events: [first],
    shows: ({ timestamp }) => timestamp.slice(0, 10),
    bad: ['2026-02-01'],
    good: ['2026-01-02'],
  },
  'timestamp-from-clock': {
    claim: 'the event lands on the day it is mapped',
    events: [track({ timestamp: '2025-11-30T23:59:00.000Z' })],
    shows: ({ timestamp }) => timestamp.slice(0, 7),
    bad: ['2026-01'],
    good: ['2025-11'],
  },
} as const satisfies Readonly<Record<string, Harm>>;

const twice = ({ transaction_id, event_type }: { transaction_id: string; event_type: string }) => `${transaction_id} ${event_type}`;

export const BETWEEN_HARMS = {
  'same-transaction-id': {
    claim: 'one event gives two usage events with one id, of which Metronome keeps one',
    events: [first, track({ event: 'Signed Up' })],
    shows: twice,
    bad: [['m-1 Order Paid', 'm-1 order_paid'], 'm-1 Signed Up'],
    good: ['m-1 order_paid', 'm-1 Signed Up'],
  },
  'repeated-mapping': { claim: 'one event gives the same usage event twice', events: [first], shows: twice, bad: [['m-1 Order Paid', 'm-1 Order Paid']], good: ['m-1 Order Paid'] },
  'no-enabled-mapping': { claim: 'no event is billed', events: both, bad: ['filtered', 'filtered'], good: ['billed', 'billed'] },
} as const satisfies Readonly<Record<string, Harm>>;

/** When the first event of a harm is mapped, and how much later each next one. */
export const CLOCK = { startMs: Date.UTC(2026, 0, 1), stepMs: HOUR_MS };
