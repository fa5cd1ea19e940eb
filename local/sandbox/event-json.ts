import { rawMember } from './raw-json.ts';
import type { AcceptedEvent } from './event-store.ts';

/** One event as `GET /events` shows it to people; `properties` digit for digit as received, absent if it was. */
export function listedEventJson(event: AcceptedEvent): string {
  const { transaction_id, customer_id, timestamp, event_type } = fieldsOf(event);
  return withProperties(event, { transaction_id, customer_id, timestamp, event_type, accepted_at: isoTime(event) });
}

/** One event as `POST /v1/events/search` answers it (https://docs.metronome.com, API reference, "Search events"). */
export function searchedEventJson(event: AcceptedEvent): string {
  const { transaction_id, customer_id, event_type, timestamp } = fieldsOf(event);
  const processed_at = isoTime(event);
  return withProperties(event, { id: event.id, transaction_id, customer_id, event_type, timestamp, processed_at, is_duplicate: false });
}

function fieldsOf(event: AcceptedEvent): Readonly<Record<string, unknown>> {
  return JSON.parse(event.rawEvent);
}

function withProperties(event: AcceptedEvent, fields: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(fields);
  const rawProperties = rawMember(event.rawEvent, 'properties');
  return rawProperties === undefined ? json : `${json.slice(0, -1)},"properties":${rawProperties}}`;
}

function isoTime(event: AcceptedEvent): string {
  return new Date(event.acceptedAtMillis).toISOString();
}
