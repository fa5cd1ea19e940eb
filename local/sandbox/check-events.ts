import { isObject } from '../../lambda/json-value.ts';
import {
  METRONOME_MAX_EVENTS_PER_REQUEST,
  METRONOME_MAX_FUTURE_HOURS,
  METRONOME_MAX_PROPERTIES,
  METRONOME_MAX_TRANSACTION_ID_CHARS,
  METRONOME_MEMORY_DAYS,
} from '../../lambda/limits.ts';
import { rfc3339Millis } from './rfc3339.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const SHOWN_CHARS = 60;

/** An event that passed every rule: what the sandbox needs of it besides its text. */
export interface CheckedEvent {
  readonly transactionId: string;
}

export type Check =
  | { readonly kind: 'accepted'; readonly events: readonly CheckedEvent[] }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Checks a parsed request body against the documented rules of `POST /v1/ingest`
 * (https://docs.metronome.com, "Send usage events" and the API reference, "Ingest events"). One fault refuses them all.
 * Further top-level fields of an event pass: the published schema doesn't forbid them, and a sandbox stricter than
 * Metronome would send people looking for a fault that isn't there.
 * @param nowMillis the time of acceptance, in milliseconds since 1970.
 */
export function checkEvents(body: unknown, nowMillis: number): Check {
  if (!Array.isArray(body)) return refused(`The body must be a bare JSON array of events; it is ${kindOf(body)}.`);
  if (body.length === 0) return refused('The body is an empty array; send 1 to 100 events.');
  if (body.length > METRONOME_MAX_EVENTS_PER_REQUEST) {
    return refused(`The body holds ${body.length} events; at most ${METRONOME_MAX_EVENTS_PER_REQUEST} fit in one request.`);
  }

  const events: CheckedEvent[] = [];
  for (const [index, event] of body.entries()) {
    const checked = checkEvent(event, nowMillis);
    if (typeof checked === 'string') return refused(`events[${index}]${checked} Nothing of this request was accepted.`);
    events.push(checked);
  }
  return { kind: 'accepted', events };
}

/** The event, or what is wrong with it as the end of a sentence that begins with its index. */
function checkEvent(event: unknown, nowMillis: number): CheckedEvent | string {
  if (!isObject(event)) return ` must be an object; it is ${kindOf(event)}.`;
  const { transaction_id: transactionId, customer_id: customerId, event_type: eventType, timestamp, properties } = event;

  if (typeof transactionId !== 'string') return `.transaction_id must be a string; it is ${kindOf(transactionId)}.`;
  if (transactionId === '') return '.transaction_id is empty.';
  if (countChars(transactionId) > METRONOME_MAX_TRANSACTION_ID_CHARS) {
    return `.transaction_id has ${countChars(transactionId)} characters; at most ${METRONOME_MAX_TRANSACTION_ID_CHARS} are allowed.`;
  }
  if (typeof customerId !== 'string') return `.customer_id must be a string; it is ${kindOf(customerId)}.`;
  if (customerId === '') return '.customer_id is empty.';
  if (typeof eventType !== 'string') return `.event_type must be a string; it is ${kindOf(eventType)}.`;
  if (eventType === '') return '.event_type is empty.';
  return checkTimestamp(timestamp, nowMillis) ?? checkProperties(properties) ?? { transactionId };
}

function checkTimestamp(timestamp: unknown, nowMillis: number): string | undefined {
  if (typeof timestamp !== 'string') return `.timestamp must be a string; it is ${kindOf(timestamp)}.`;
  const millis = rfc3339Millis(timestamp);
  const shown = JSON.stringify(timestamp.slice(0, SHOWN_CHARS));
  if (millis === undefined) return `.timestamp ${shown} is not an RFC 3339 time like "2026-09-14T08:15:30.250Z".`;
  if (millis < nowMillis - METRONOME_MEMORY_DAYS * DAY_MS) {
    return `.timestamp ${shown} is older than ${METRONOME_MEMORY_DAYS} days.`;
  }
  if (millis > nowMillis + METRONOME_MAX_FUTURE_HOURS * HOUR_MS) {
    return `.timestamp ${shown} lies more than ${METRONOME_MAX_FUTURE_HOURS} hours ahead.`;
  }
  return undefined;
}

function checkProperties(properties: unknown): string | undefined {
  if (properties === undefined) return undefined;
  if (!isObject(properties)) return `.properties must be an object; it is ${kindOf(properties)}.`;
  const count = Object.keys(properties).length;
  if (count <= METRONOME_MAX_PROPERTIES) return undefined;
  return `.properties has ${count} properties; at most ${METRONOME_MAX_PROPERTIES} are allowed.`;
}

function refused(message: string): Check {
  return { kind: 'refused', message };
}

/** JSON Schema counts code points, JavaScript UTF-16 units. */
function countChars(text: string): number {
  return [...text].length;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
