import type { Settings } from '../../lib/config.ts';
import { ANSWER_BYTES, DAYS_PER_MONTH, GZIP_SHARE, METRONOME_REQUEST_BYTES, SECONDS_PER_MONTH } from './assumed.ts';
import { startsOf } from './containers.ts';
import type { CostInput } from './input.ts';
import { line, standing } from './line.ts';
import type { Line } from './line.ts';
import { logBytes } from './log-bytes.ts';
import { FILTERED_METRIC, HEALTHY_METRICS, LEDGER_LINE_BYTES, LOAD_CPU_MS } from './measured.ts';
import { onLambdaMs } from './run-times.ts';
import { sendsOf } from './sends.ts';
import type { StackParts } from './stack-parts.ts';
import type { Traffic } from './traffic.ts';
import { GB, gbSeconds, HTTP_API_UNIT_BYTES, SECRET_CACHE_SECONDS } from './units.ts';

export interface Costed {
  readonly input: CostInput;
  readonly settings: Settings;
  readonly parts: StackParts;
  readonly traffic: Traffic;
}

/** All that a bridge in which nothing goes wrong has on the bill of a month. */
export function costLines(costed: Costed): readonly Line[] {
  return [...webhookLines(costed), ...queueLines(costed), ...forwardLines(costed), ...ledgerLines(costed), ...logLines(costed), ...secretCallLines(costed), ...standingLines(costed)];
}

function webhookLines({ parts: { memoryMb }, traffic: { webhooks, webhookBytes, ingestMs, containers } }: Costed): readonly Line[] {
  const coldMs = (startsOf(webhooks, containers.ingest) / webhooks) * onLambdaMs(LOAD_CPU_MS.ingest, memoryMb.ingest);
  return [
    line('api_requests', 'API requests', 'apiRequest', webhooks * Math.ceil(webhookBytes / HTTP_API_UNIT_BYTES)),
    line('answers', 'answers to Segment, to the internet', 'egressGb', (webhooks * ANSWER_BYTES) / GB),
    line('ingest_requests', 'ingest, calls', 'lambdaRequest', webhooks),
    line('ingest_time', 'ingest, time', 'lambdaArmGbSecond', webhooks * gbSeconds(ingestMs + coldMs, memoryMb.ingest)),
  ];
}

function queueLines({ input: { eventsPerWebhook, eventBytes }, traffic: { webhooks, runs } }: Costed): readonly Line[] {
  return [
    line('queue_sends', 'queue, sends', 'sqsRequest', webhooks * sendsOf(eventsPerWebhook, eventBytes).units),
    line('queue_receives', 'queue, receives', 'sqsRequest', runs.receives),
    line('queue_empty_receives', 'queue, receives that bring nothing', 'sqsRequest', runs.emptyReceives),
    line('queue_deletes', 'queue, deletes', 'sqsRequest', runs.deletes),
  ];
}

function forwardLines({ parts: { memoryMb }, traffic: { runs, containers, usageEvents, usageBytes, metronomeRequests } }: Costed): readonly Line[] {
  const coldMs = (startsOf(runs.perMonth, containers.forward) / runs.perMonth) * onLambdaMs(LOAD_CPU_MS.forward, memoryMb.forward);
  return [
    line('forward_requests', 'forward, calls', 'lambdaRequest', runs.perMonth),
    line('forward_time', 'forward, time with its waits', 'lambdaArmGbSecond', runs.perMonth * gbSeconds(runs.ms + coldMs, memoryMb.forward)),
    line('metronome', 'requests to Metronome, to the internet', 'egressGb', (usageEvents * usageBytes + metronomeRequests * METRONOME_REQUEST_BYTES) / GB),
  ];
}

function ledgerLines({ input: { eventBytes }, settings: { archiveDays }, traffic: { events, runs } }: Costed): readonly Line[] {
  const storedGb = (events * (eventBytes + LEDGER_LINE_BYTES) * GZIP_SHARE) / GB;
  return [
    line('archive_puts', 'archive, objects written', 's3Put', archiveDays === 0 ? 0 : runs.perMonth),
    line('archive_storage', `archive, kept for ${archiveDays} days`, 's3GbMonth', (storedGb * archiveDays) / DAYS_PER_MONTH),
  ];
}

function logLines({ input, parts, traffic }: Costed): readonly Line[] {
  const bytes = logBytes(traffic, input, parts);
  return [
    line('access_log', 'log of the API, a line a webhook', 'logGb', bytes.access / GB),
    line('ingest_log', "log of ingest's metrics, a line a webhook", 'lambdaLogGb', bytes.ingest / GB),
    line('forward_log', "log of forward's metrics", 'lambdaLogGb', bytes.forward / GB),
    // For a month, as long as they are kept; as if nothing were compressed.
    line('log_storage', 'logs, kept for a month', 'logStorageGbMonth', (bytes.access + bytes.ingest + bytes.forward) / GB),
  ];
}

/** A container reads what it needs again every five minutes: ingest two secrets, forward one. */
function secretCallLines({ traffic: { webhooks, runs, containers } }: Costed): readonly Line[] {
  const spans = SECONDS_PER_MONTH / SECRET_CACHE_SECONDS;
  const calls = 2 * Math.min(webhooks, containers.ingest * spans) + Math.min(runs.perMonth, containers.forward * spans);
  return [line('secret_calls', 'secrets, reads', 'secretCall', calls)];
}

function standingLines({ input: { filteredShare }, parts }: Costed): readonly Line[] {
  const metrics = [...HEALTHY_METRICS, ...(filteredShare > 0 ? [FILTERED_METRIC] : [])];
  return [
    standing('metrics', 'custom metrics', 'metric', metrics.length),
    standing('alarms', `${parts.alarms} alarms on ${parts.watchedMetrics} metrics`, 'alarmMetric', parts.watchedMetrics),
    standing('dashboard', 'dashboard', 'dashboard', parts.dashboards),
    standing('secrets', 'secrets', 'secret', parts.secrets),
  ];
}
