import { INGEST_MAX_BATCH_EVENTS, INGEST_MAX_BODY_BYTES, SQS_MAX_BYTES } from '../../lambda/limits.ts';
import { UsageError } from '../io.ts';

/** What comes in. */
export interface CostInput {
  readonly eventsPerMonth: number;
  /** 1 if Segment sends each event by itself. */
  readonly eventsPerWebhook: number;
  /** Bytes of one Segment event. */
  readonly eventBytes: number;
  /** How many of the events no mapping takes, from 0 to 1. */
  readonly filteredShare: number;
  /** How many usage events the mappings make of an event that isn't filtered. */
  readonly usageEvents: number;
}

export const INPUT_DEFAULTS: CostInput = { eventsPerMonth: 100_000_000, eventsPerWebhook: 1, eventBytes: 1_000, filteredShare: 0, usageEvents: 1 };

/** Room that a message needs for its attributes, in bytes. */
const ATTRIBUTE_BYTES = 100;

/** @throws UsageError for traffic that the bridge would refuse */
export function refuseImpossible({ eventsPerWebhook, eventBytes }: CostInput): void {
  const bytes = eventsPerWebhook * eventBytes;
  if (eventBytes > SQS_MAX_BYTES - ATTRIBUTE_BYTES) throw new UsageError(`--event-bytes is ${eventBytes}: the queue takes no event over 1 MiB, and Segment's are at most 32 KB. Give the size of a usual event.`);
  if (eventsPerWebhook > INGEST_MAX_BATCH_EVENTS) throw new UsageError(`--events-per-webhook is ${eventsPerWebhook}: the bridge takes at most ${INGEST_MAX_BATCH_EVENTS} in one. Give the batch size that is set in Segment.`);
  if (bytes > INGEST_MAX_BODY_BYTES) throw new UsageError(`--events-per-webhook ${eventsPerWebhook} with --event-bytes ${eventBytes} makes a body of ${bytes} bytes: the bridge takes ${INGEST_MAX_BODY_BYTES}. Lower one of them.`);
}
