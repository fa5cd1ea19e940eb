import { describeType, isObject } from '../json-value.ts';
import { withOrdinaryNumbers } from './ordinary-numbers.ts';
import { toTimestamp } from './timestamp.ts';
import { UsageEventError } from './usage-event-error.ts';
import type { UsageEventField } from './usage-event-error.ts';

/** One usage event as Metronome's ingest takes it. `timestamp` is ISO 8601 in UTC with milliseconds. */
export interface UsageEvent {
  readonly transaction_id: string;
  readonly customer_id: string;
  readonly timestamp: string;
  readonly event_type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Checks and coerces a mapped value into the five fields as Segment's hosted "Metronome (Actions)" destination does (its
 * JSON schema with Ajv's array coercion), and drops everything else. `properties` is passed on as it is, shared with the
 * event, and may hold an ExactNumber, which `JSON.stringify` writes with its own digits. Lengths, counts and ages aren't
 * checked here. One deviation: hosted also sends a sixth, undeclared `dynamicAuthSettings` when mapped; it is dropped here.
 * Throws UsageEventError for the first field hosted would refuse.
 */
export function toUsageEvent(mapped: unknown): UsageEvent {
  if (!isObject(mapped)) {
    const message = `transaction_id is missing: the whole mapping gave ${describeType(mapped)}, not an object with the five fields.`;
    throw new UsageEventError('missing_field', 'transaction_id', `${message} Make the mapping's root give an object.`);
  }
  return {
    transaction_id: toText(mapped, 'transaction_id'),
    customer_id: toText(mapped, 'customer_id'),
    timestamp: toTimestamp(withOrdinaryNumbers(required(mapped, 'timestamp'))),
    event_type: toText(mapped, 'event_type'),
    properties: toProperties(required(mapped, 'properties')),
  };
}

/** Hosted removes null and empty text before it looks for missing fields. No object inherits a member of these names. */
function required(mapped: Readonly<Record<string, unknown>>, field: UsageEventField): unknown {
  const value = mapped[field];
  if (value !== undefined && value !== null && value !== '') return value;
  const message = `${field} is missing: the mapping gave ${describeType(value)} for it.`;
  throw new UsageEventError('missing_field', field, `${message} Send it with the event, or map ${field} to something the event carries.`);
}

/** A one-item array stands for its item; null there becomes empty text, and hosted sends it. */
function toText(mapped: Readonly<Record<string, unknown>>, field: UsageEventField): string {
  const found = required(mapped, field);
  if (typeof found === 'string') return found;
  const value = withOrdinaryNumbers(found);
  const item: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof item === 'string') return item;
  if (typeof item === 'number' || typeof item === 'boolean') return String(item);
  if (item === null) return '';
  const message = `${field} must be text, a number or a boolean, but the mapping gave ${describeType(value)}.`;
  throw new UsageEventError('invalid_field', field, `${message} Map ${field} to a single value.`);
}

function toProperties(value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  const message = `properties must be an object, but the mapping gave ${describeType(value)}.`;
  throw new UsageEventError('invalid_field', 'properties', `${message} Map properties to an object, or put it inside one.`);
}
