import type { Random } from './random.ts';
import { POISON } from './planned-event.ts';
import type { ExpectedUsage, PlannedEvent } from './planned-event.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const USAGE = 'Call Made';
const SEATS = 'Seats Counted';
/** What the second mapping sends as event_type. */
const SEATS_TYPE = 'seats';
/** What it makes of the messageId to have an id of its own; taken from the event. */
const SUFFIX = '-seats';

/** What makes one event of a kind. */
interface Making {
  readonly id: string;
  readonly random: Random;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Kind = (making: Making) => Omit<PlannedEvent, 'id'>;

/** Each kind with its weight: most traffic is good, and every way to go wrong is there. */
const KINDS: readonly (readonly [weight: number, kind: Kind])[] = [
  [700, (making) => delivered(making, {})],
  [80, (making) => delivered(making, { event: SEATS, properties: { suffix: SUFFIX } })],
  [40, (making) => delivered(making, { timestamp: ago(making, making.random.integer(1, 32) * DAY_MS) })],
  [20, (making) => delivered(making, { timestamp: ago(making, -20 * HOUR_MS) })],
  // SQS can't carry U+FFFF as text.
  [20, (making) => delivered(making, { properties: { note: '\uffff', units: 1 } })],
  [60, (making) => ({ text: JSON.stringify(track(making, { type: making.random.pick(['identify', 'page', 'group']) })), fate: 'filtered', usage: [] })],
  [12, (making) => poisoned(making, { properties: { [POISON]: USAGE } }, [])],
  [6, (making) => poisoned(making, { event: SEATS, properties: { suffix: SUFFIX, [POISON]: SEATS_TYPE } }, [SEATS])],
  [6, (making) => poisoned(making, { event: SEATS, properties: { suffix: SUFFIX, [POISON]: SEATS } }, [SEATS_TYPE])],
  [6, (making) => faulty('duplicate_transaction_id', track(making, { event: SEATS, properties: { suffix: '' } }))],
  [10, (making) => faulty('missing_field', track(making, { context: {} }))],
  [8, (making) => faulty('invalid_field', track(making, { properties: 'none' }))],
  [8, (making) => faulty('timestamp_too_old', track(making, { timestamp: ago(making, 40 * DAY_MS) }))],
  [6, (making) => faulty('timestamp_in_future', track(making, { timestamp: ago(making, -3 * DAY_MS) }))],
  [6, (making) => faulty('timestamp_invalid', track(making, { timestamp: 'yesterday' }))],
  [6, (making) => faulty('id_too_long', track(making, { messageId: `${making.id}-${'x'.repeat(128)}` }))],
  [1, (making) => faulty('too_many_properties', track(making, { properties: Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`p${index}`, 1])) }))],
  [6, ({ id }) => ({ text: `{"messageId":"${id}", broken}`, fate: 'quarantined', reason: 'not_json', usage: [] })],
  [5, ({ id }) => ({ text: JSON.stringify(id), fate: 'quarantined', reason: 'not_an_event', usage: [] })],
];

const TOTAL_WEIGHT = KINDS.reduce((total, [weight]) => total + weight, 0);

/** An event of a kind by chance. */
export function makeEvent(making: Making): PlannedEvent {
  let left = making.random.next() * TOTAL_WEIGHT;
  const kind = KINDS.find(([weight]) => (left -= weight) < 0)?.[1] ?? goodEvent;
  return { id: making.id, ...kind(making) };
}

/** An event that must be billed. */
export function goodEvent(making: Making): PlannedEvent {
  return { id: making.id, ...delivered(making, {}) };
}

type Track = Readonly<Record<string, unknown>> & { readonly messageId: string; readonly timestamp: string; readonly event: string; readonly context: { readonly groupId?: string } };

function track({ id, random, now }: Making, changes: Readonly<Record<string, unknown>>): Track {
  return {
    type: 'track',
    event: USAGE,
    messageId: id,
    userId: `user-${random.integer(1, 1000)}`,
    timestamp: new Date(now - random.integer(0, HOUR_MS)).toISOString(),
    context: { groupId: `customer-${random.integer(1, 50)}` },
    properties: { units: random.integer(1, 9999), share: random.next() },
    ...changes,
  };
}

function delivered(making: Making, changes: Readonly<Record<string, unknown>>): Omit<PlannedEvent, 'id'> {
  const event = track(making, changes);
  return { text: JSON.stringify(event), fate: 'delivered', usage: usageOf(event) };
}

/** @param taken the event types of those usage events that Metronome takes all the same */
function poisoned(making: Making, changes: Readonly<Record<string, unknown>>, taken: readonly string[]): Omit<PlannedEvent, 'id'> {
  const event = track(making, changes);
  const usage = usageOf(event).filter(({ event_type }) => taken.includes(event_type));
  return { text: JSON.stringify(event), fate: 'quarantined', reason: 'refused_by_metronome', usage };
}

function faulty(reason: PlannedEvent['reason'], event: Track): Omit<PlannedEvent, 'id'> {
  return { text: JSON.stringify(event), fate: 'quarantined', ...(reason === undefined ? {} : { reason }), usage: [] };
}

/** Written anew, not made with the bridge's own mapping: what is expected must not come from what is tested. */
function usageOf({ messageId, context, timestamp, event, properties }: Track): readonly ExpectedUsage[] {
  const common = { customer_id: context.groupId ?? '', timestamp, properties: { ...Object(properties) } };
  const usage: ExpectedUsage = { transaction_id: messageId, event_type: event, ...common };
  return event === SEATS ? [usage, { transaction_id: `${messageId}${SUFFIX}`, event_type: SEATS_TYPE, ...common }] : [usage];
}

function ago({ now }: Making, milliseconds: number): string {
  return new Date(now - milliseconds).toISOString();
}
