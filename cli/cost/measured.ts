/**
 * What was measured of the functions, each with where. A test runs the real functions and compares what they write and
 * send; the times come from docs/performance.md, rounded up. Times are of CPU, on a core of an AMD EPYC.
 */

/** The size of the events that the times were measured with, in bytes; larger ones take as much longer, smaller ones no less. */
export const TIMED_EVENT_BYTES = 2_000;

/** Milliseconds of CPU for a webhook and for each event in it: 725 µs for a single one, 110 µs for each of 50. */
export const INGEST_CPU = { msPerWebhook: 0.65, msPerEvent: 0.1 };

/**
 * Milliseconds of CPU for a run and for each event in it: 49.6 µs for each of 1,000, the ledger included; a run of one
 * event takes 1.6 to 2.8 ms.
 */
export const FORWARD_CPU = { msPerRun: 2.5, msPerEvent: 0.052 };

/** Milliseconds of CPU until a function's code is loaded. */
export const LOAD_CPU_MS = { ingest: 50, forward: 76 };

/** Bytes of ingest's one line of metrics. */
export const INGEST_LOG = { lines: 1, bytes: 250 };

/**
 * Bytes and lines of forward's metrics, for a run and for each event in it, which leaves the figure of its delay in
 * them: up to 99.9 s. A line takes a hundred figures.
 */
export const FORWARD_LOG = { linesPerRun: 3, linesPerEvent: 0.01, bytesPerRun: 985, bytesPerEvent: 7.7 };

/** What the default mapping leaves of an event: 230 bytes of a server's call of 500; what is more in an event counts as properties. */
export const USAGE = { ofEventBytes: 500, bytes: 230 };

/** What a ledger line has beside the event, in bytes, before it is compressed. */
export const LEDGER_LINE_BYTES = 450;

/** Bytes of an event's record in forward's invocation, besides its body, and how much its quotes grow in it. */
export const SQS_RECORD = { bytes: 1_000, bodyGrowth: 1.15 };

/** Every custom metric of a bridge in which nothing goes wrong: a name with one set of dimension values. */
export const HEALTHY_METRICS = ['Accepted', 'Delivered', 'Returned', 'DeliveryLag', 'EventsPerRequest', 'MetronomeAnswers{answer=2xx}', 'UsageEvents{verdict=delivered}'] as const;
/** One more, if events are filtered. */
export const FILTERED_METRIC = 'Filtered';
