import {
  MAX_EVENT_AGE_MS,
  MAX_EVENT_FUTURE_MS,
  METRONOME_MAX_PROPERTIES,
  METRONOME_MAX_REQUEST_BYTES,
  METRONOME_MAX_TRANSACTION_ID_CHARS,
} from '../limits.ts';
import type { UsageEvent } from '../mapping/index.ts';
import type { Fault } from './fate.ts';

/** The hosted destination sends these even when a mapping makes them empty, and Metronome refuses them. */
const REQUIRED_TEXTS = ['transaction_id', 'customer_id', 'event_type'] as const;
/** The brackets around a request of one event, in bytes. */
const ARRAY_BYTES = 2;

/**
 * What Metronome would refuse, or worse, take twice; of several faults the one a person would mend first. Checked before
 * packing, so that one bad event never holds back the others of its request.
 * @param bytes size of the usage event as JSON
 * @param now epoch milliseconds
 */
export function checkLimits(event: UsageEvent, bytes: number, now: number): Fault | undefined {
  return emptyText(event) ?? longId(event) ?? timestampOutOfRange(event, now) ?? manyProperties(event) ?? largeEvent(bytes);
}

function emptyText(event: UsageEvent): Fault | undefined {
  // Spelt out, as every event comes by: to look for the field costs a twentieth of all that forward does with an event.
  if (event.transaction_id !== '' && event.customer_id !== '' && event.event_type !== '') return undefined;
  const empty = REQUIRED_TEXTS.find((field) => event[field] === '');
  return empty && { reason: 'missing_field', field: empty, detail: `${empty} is empty; Metronome takes at least 1 character.` };
}

function longId(event: UsageEvent): Fault | undefined {
  const idChars = charactersIn(event.transaction_id);
  if (idChars <= METRONOME_MAX_TRANSACTION_ID_CHARS) return undefined;
  const detail = `transaction_id has ${idChars} characters; Metronome takes at most ${METRONOME_MAX_TRANSACTION_ID_CHARS}.`;
  return { reason: 'id_too_long', field: 'transaction_id', detail };
}

function timestampOutOfRange(event: UsageEvent, now: number): Fault | undefined {
  const timestamp = Date.parse(event.timestamp);
  if (Number.isNaN(timestamp)) return { reason: 'timestamp_invalid', field: 'timestamp', detail: 'timestamp is no date, so its age can\'t be checked.' };
  if (isTooOld(timestamp, now)) return { reason: 'timestamp_too_old', field: 'timestamp', detail: tooOldDetail('timestamp', event.timestamp) };
  if (timestamp - now <= MAX_EVENT_FUTURE_MS) return undefined;
  return { reason: 'timestamp_in_future', field: 'timestamp', detail: `timestamp ${event.timestamp} is over 24 h ahead of now.` };
}

function manyProperties(event: UsageEvent): Fault | undefined {
  const properties = Object.keys(event.properties).length;
  if (properties <= METRONOME_MAX_PROPERTIES) return undefined;
  const detail = `properties has ${properties} entries; Metronome takes at most ${METRONOME_MAX_PROPERTIES}.`;
  return { reason: 'too_many_properties', field: 'properties', detail };
}

function largeEvent(bytes: number): Fault | undefined {
  if (bytes + ARRAY_BYTES <= METRONOME_MAX_REQUEST_BYTES) return undefined;
  return { reason: 'too_large', field: 'properties', detail: `The usage event has ${bytes} bytes; a request takes at most ${METRONOME_MAX_REQUEST_BYTES}.` };
}

/**
 * The guard against billing twice: past this age Metronome may have forgotten that it already has the event. The same
 * for a mapped timestamp and for acceptedAt, on every path that sends.
 * @param at epoch milliseconds
 * @param now epoch milliseconds
 */
export function isTooOld(at: number, now: number): boolean {
  return now - at > MAX_EVENT_AGE_MS;
}

export function tooOldDetail(field: 'timestamp' | 'acceptedAt', value: string): string {
  const hint = field === 'timestamp' && value.startsWith('1970-01-') ? " It looks like epoch seconds; Segment's hosted destination reads numbers as milliseconds, and so does the bridge." : '';
  return `${field} ${value} is over 33 days less an hour ago; Metronome might bill it a second time, or not take it.${hint}`;
}

/** As JSON Schema counts them, in which Metronome states its limit; only a long text is worth the counting. */
function charactersIn(text: string): number {
  return text.length <= METRONOME_MAX_TRANSACTION_ID_CHARS ? text.length : [...text].length;
}
