/** The five fields of a Metronome usage event, as the hosted destination sends it. */
export const USAGE_EVENT_FIELDS = ['transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties'] as const;
export type UsageEventField = (typeof USAGE_EVENT_FIELDS)[number];

/** Why a mapped value isn't a usage event; each is also a reason of quarantine. */
export type UsageEventReason = 'missing_field' | 'invalid_field' | 'timestamp_invalid';

/** A mapped value the hosted destination refuses to send. The message names types, never values: those are customer data. */
export class UsageEventError extends Error {
  override readonly name = 'UsageEventError';
  readonly reason: UsageEventReason;
  readonly field: UsageEventField;

  constructor(reason: UsageEventReason, field: UsageEventField, message: string) {
    super(message);
    this.reason = reason;
    this.field = field;
  }
}
