/**
 * Every number that somebody else decides, named once, with its source. Code, infrastructure and tests read it here.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

// --- Amazon SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html

/** One message, and also one SendMessageBatch request: body plus attribute names, types and values, in bytes. */
export const SQS_MAX_BYTES = MIB;
/** Entries in one SendMessageBatch, DeleteMessageBatch or ChangeMessageVisibilityBatch. */
export const SQS_MAX_BATCH_ENTRIES = 10;
/** The longest a queue keeps a message, in days. */
export const SQS_MAX_RETENTION_DAYS = 14;
/** The longest a message can be hidden, in seconds. */
export const SQS_MAX_VISIBILITY_SECONDS = 12 * 60 * 60;

// --- AWS Lambda: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

/** A synchronous invocation's payload, in bytes: the event source stops filling a batch there. */
export const LAMBDA_MAX_PAYLOAD_BYTES = 6 * MIB;

// --- API Gateway HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html

/** A request's body, in bytes. */
export const HTTP_API_MAX_BODY_BYTES = 10 * MIB;

// --- Segment

/**
 * The largest webhook body ingest accepts, in bytes after base64 decoding; Segment's largest batches are of the order of
 * 4 MB. Lambda's own limit of 6 MB counts the body as it stands in the invocation, with its quotes escaped or in base64, so
 * API Gateway may refuse a body below this one before ingest sees it.
 */
export const INGEST_MAX_BODY_BYTES = 5_500_000;
/**
 * The most events ingest takes from one array. Segment's batches hold at most a few thousand; an array of millions of
 * scalars would only exhaust the function's memory.
 */
export const INGEST_MAX_BATCH_EVENTS = 10_000;
/** Segment's webhook client gives up on an answer after this long, in seconds. */
const SEGMENT_WEBHOOK_TIMEOUT_SECONDS = 10;
/** Ingest's own time, in seconds: its answer must arrive while Segment still listens. */
export const INGEST_TIMEOUT_SECONDS = SEGMENT_WEBHOOK_TIMEOUT_SECONDS - 1;

/** Characters of a Liquid template in a mapping, as the hosted destination limits it. */
export const LIQUID_MAX_CHARS = 1_000;

// --- Metronome: https://docs.metronome.com (guides/events/send-usage-events; API reference, Ingest events)

/** Where both of Metronome's environments live; the token alone selects sandbox or production. */
export const METRONOME_BASE_URL = 'https://api.metronome.com';
/** Usage events in one POST /v1/ingest. */
export const METRONOME_MAX_EVENTS_PER_REQUEST = 100;
/** Bytes in one POST /v1/ingest. Metronome publishes no limit; 1 MB keeps clear of what gateways refuse. */
export const METRONOME_MAX_REQUEST_BYTES = 1_000_000;
/** Characters in a transaction_id. */
export const METRONOME_MAX_TRANSACTION_ID_CHARS = 128;
/** Properties in one usage event. */
export const METRONOME_MAX_PROPERTIES = 2_000;
/** How far back Metronome takes a timestamp, and how long it remembers an accepted transaction_id, in days. */
export const METRONOME_MEMORY_DAYS = 34;
/** How far ahead of now a timestamp may lie, in hours. */
export const METRONOME_MAX_FUTURE_HOURS = 24;
/** The rate at which Metronome starts an account, in events a second. */
const METRONOME_FIRST_EVENTS_PER_SECOND = 5_000;
/** The rate we keep to by default: a twentieth under it, so that a backlog drains at over 90 % of the account's rate. */
export const DEFAULT_EVENTS_PER_SECOND = 0.95 * METRONOME_FIRST_EVENTS_PER_SECOND;

// --- Ours, derived from the above

/**
 * The most characters that one directive may make of an event: ten times what a request to Metronome takes. Doubling a
 * text a few times over would else cost the function its memory.
 */
export const MAX_MADE_CHARS = 10 * METRONOME_MAX_REQUEST_BYTES;
/** The most members that one directive may put together; Metronome takes 2,000. */
export const MAX_MADE_MEMBERS = 50 * METRONOME_MAX_PROPERTIES;

const HOUR_MS = 60 * 60 * 1000;

/**
 * The oldest timestamp or acceptedAt that may still be sent, in milliseconds: 33 days less an hour. A day under
 * Metronome's memory, because an event stamped up to 24 h ahead is forgotten up to a day before it becomes too old.
 */
export const MAX_EVENT_AGE_MS = (METRONOME_MEMORY_DAYS - 1) * 24 * HOUR_MS - HOUR_MS;
/** The furthest a timestamp may lie ahead, in milliseconds. */
export const MAX_EVENT_FUTURE_MS = METRONOME_MAX_FUTURE_HOURS * HOUR_MS;
/** After this long in the queue an event is quarantined while it can still be replayed, in milliseconds. */
export const RETRY_EXPIRES_MS = 12 * 24 * HOUR_MS;
