import { MB_PER_CORE, WAIT_MS } from '../../cli/cost/assumed.ts';
import { FORWARD_CPU } from '../../cli/cost/measured.ts';
import { LAMBDA_MAX_PAYLOAD_BYTES, METRONOME_MAX_EVENTS_PER_REQUEST, METRONOME_MAX_REQUEST_BYTES, SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import { SECRET_MAX_AGE_MS } from '../../lambda/secrets.ts';
import type { Settings } from '../../lib/config.ts';
import { TIMING } from '../outage/scenario.ts';
import { FORWARD_MEMORY_MB, INGEST_BATCHED_CPU_MS, INGEST_MEMORY_MB, INGEST_SINGLE_CPU_MS, REQUESTS_AT_ONCE, SENDS_AT_ONCE } from './measured.ts';
import { LAMBDA_REQUESTS_PER_CONCURRENCY } from './quotas.ts';

/** The webhooks that the page reckons with: one event each, and a usual batch. */
export const WEBHOOK_SIZES = [1, 50] as const;

/** Longest jitter on a back-off, as a part of it; its mean is half of that. */
const JITTER = 0.25;
/** What surrounds an event in the invocation's payload, and how much longer its escaped quotes make it; as the simulator has them. */
const RECORD_BYTES = 900;
const ESCAPED = 1.2;
/** Reads of ingest's two secrets while a rotation lasts: both versions of each. */
const SECRET_READS_PER_REFRESH = 4;

/** How long ingest works on one webhook, in seconds: its CPU time on a part of a processor, and its rounds to SQS. */
export function ingestSeconds(eventsPerWebhook: number): number {
  const cpuMs = eventsPerWebhook === 1 ? INGEST_SINGLE_CPU_MS : eventsPerWebhook * INGEST_BATCHED_CPU_MS;
  const rounds = Math.ceil(Math.ceil(eventsPerWebhook / SQS_MAX_BATCH_ENTRIES) / SENDS_AT_ONCE);
  return (onPartOfCpu(cpuMs, INGEST_MEMORY_MB) + rounds * WAIT_MS.queue) / 1000;
}

/** Functions of ingest at once, on average. */
export function ingestAtOnce(eventsPerSecond: number, eventsPerWebhook: number): number {
  return Math.ceil((eventsPerSecond / eventsPerWebhook) * ingestSeconds(eventsPerWebhook));
}

/** Events a second at which ingest uses up an account's concurrency, less what forward may need of it. */
export function ingestLimit(accountConcurrency: number, forwardConcurrency: number, eventsPerWebhook: number): number {
  const byTime = (accountConcurrency - forwardConcurrency) / ingestSeconds(eventsPerWebhook);
  return eventsPerWebhook * Math.min(byTime, accountConcurrency * LAMBDA_REQUESTS_PER_CONCURRENCY);
}

/** How long one run of forward lasts if nothing paces it, in seconds, and what lies between it and the next in its container. */
export function forwardRunSeconds(events: number): number {
  const rounds = Math.ceil(Math.ceil(events / METRONOME_MAX_EVENTS_PER_REQUEST) / REQUESTS_AT_ONCE);
  return (onPartOfCpu(events * FORWARD_CPU.msPerEvent, FORWARD_MEMORY_MB) + rounds * TIMING.answerMs + TIMING.ledgerMs + TIMING.turnaroundMs) / 1000;
}

/** Events a second that forward's containers together could send if nothing paced them. */
export function forwardLimit({ batchSize, maxConcurrency }: Pick<Settings, 'batchSize' | 'maxConcurrency'>): number {
  return (maxConcurrency * batchSize) / forwardRunSeconds(batchSize);
}

/** Most runs a second: each writes at most one object under a prefix. */
export function mostRunsPerSecond({ maxConcurrency }: Pick<Settings, 'maxConcurrency'>): number {
  return maxConcurrency / forwardRunSeconds(1);
}

/** The size from which on a payload holds fewer events than a batch may have, in bytes. */
export function largestInFullBatch(batchSize: number): number {
  return Math.floor((LAMBDA_MAX_PAYLOAD_BYTES / batchSize - RECORD_BYTES) / ESCAPED);
}

/** Usage events of this size in one request to Metronome. */
export function eventsPerRequest(eventBytes: number): number {
  return Math.min(METRONOME_MAX_EVENTS_PER_REQUEST, Math.floor(METRONOME_MAX_REQUEST_BYTES / eventBytes));
}

/** Events a second above which all of them, returned in an outage, fill the quota in flight before the first come back. */
export function hiddenLimit(inFlightLimit: number, { batchSize, maxConcurrency, retryDelaysMinutes }: Pick<Settings, 'batchSize' | 'maxConcurrency' | 'retryDelaysMinutes'>): number {
  const [first = 0] = retryDelaysMinutes;
  return (inFlightLimit - batchSize * maxConcurrency) / (first * 60 * (1 + JITTER / 2));
}

/** GetSecretValue calls a second of so many containers of ingest while a rotation lasts. */
export function secretReadsPerSecond(containers: number): number {
  return (containers * SECRET_READS_PER_REFRESH * 1000) / SECRET_MAX_AGE_MS;
}

function onPartOfCpu(cpuMs: number, memoryMb: number): number {
  return (cpuMs * MB_PER_CORE) / memoryMb;
}
