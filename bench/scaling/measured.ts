/**
 * What was measured on one machine beside what cli/cost/measured.ts has, rounded, so that docs/scaling.md doesn't change with each run of the benchmarks; a test
 * compares it with docs/performance.md. No real Lambda is in here: its processor may be faster or slower.
 */

/** CPU time of ingest for one webhook of a single event of 2 KB, in milliseconds. */
export const INGEST_SINGLE_CPU_MS = 0.75;
/** CPU time of ingest for one event of 2 KB in a webhook of 50, in milliseconds. */
export const INGEST_BATCHED_CPU_MS = 0.12;
/** Most memory of forward with batches of 1,000 events of 2 KB, and with as many of 16 KB as one payload holds, in MB. */
export const FORWARD_PEAK = { events2Kb: 1_000, mb2Kb: 197, events16Kb: 294, mb16Kb: 236 } as const;
/** Reading the ledger by `npm run bench:ledger`: compressed, in MB a second. */
export const LEDGER_MB_PER_SECOND = 36;
/** One delivered event of 0.4 KB in the compressed ledger, by the same command, in bytes. */
export const LEDGER_BYTES_PER_EVENT = 115;
/** Memory of reconcile for one message, in bytes. */
export const RECONCILE_BYTES_PER_EVENT = 37;

/** Memory of the functions, in MB: what part of a processor they have. */
export const INGEST_MEMORY_MB = 256;
export const FORWARD_MEMORY_MB = 512;
/** As lambda/ingest/enqueue.ts and lambda/forward/send.ts have them: requests under way at once. */
export const SENDS_AT_ONCE = 8;
export const REQUESTS_AT_ONCE = 8;
