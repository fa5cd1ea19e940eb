import type { Settings } from '../../lib/config.ts';
import { SECONDS_PER_MONTH } from './assumed.ts';
import { containersFor } from './containers.ts';
import { forwardRuns } from './forward-runs.ts';
import type { ForwardRuns } from './forward-runs.ts';
import type { CostInput } from './input.ts';
import { USAGE } from './measured.ts';
import { ingestMs } from './run-times.ts';
import type { StackParts } from './stack-parts.ts';

/** What happens in a month, before any price. */
export interface Traffic {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly webhooks: number;
  readonly webhookBytes: number;
  /** Milliseconds of one ingest. */
  readonly ingestMs: number;
  readonly runs: ForwardRuns;
  /** At work, of each function. */
  readonly containers: { readonly ingest: number; readonly forward: number };
  /** To Metronome. */
  readonly usageEvents: number;
  /** Bytes of one. */
  readonly usageBytes: number;
  readonly metronomeRequests: number;
}

/** Brackets and commas of an array. */
const ARRAY_BYTES = 2;

export function trafficOf(input: CostInput, settings: Settings, { memoryMb }: Pick<StackParts, 'memoryMb'>): Traffic {
  const { eventsPerMonth: events, eventsPerWebhook, eventBytes, filteredShare, usageEvents: usagePerEvent } = input;
  const webhooks = events / eventsPerWebhook;
  const msOfIngest = ingestMs(input, memoryMb.ingest);
  const runs = forwardRuns(input, settings, memoryMb.forward);
  const usageEvents = events * (1 - filteredShare) * usagePerEvent;
  return {
    events,
    eventsPerSecond: events / SECONDS_PER_MONTH,
    webhooks,
    webhookBytes: eventsPerWebhook === 1 ? eventBytes : eventsPerWebhook * (eventBytes + 1) - 1 + ARRAY_BYTES,
    ingestMs: msOfIngest,
    runs,
    containers: { ingest: containersFor(webhooks, msOfIngest), forward: Math.max(runs.pollers, Math.min(settings.maxConcurrency, containersFor(runs.perMonth, runs.ms))) },
    usageEvents,
    usageBytes: usageBytesOf(eventBytes),
    metronomeRequests: runs.perMonth * runs.requestsPerRun,
  };
}

/** What the default mapping sends of an event: a part of a small one's bytes, and all that makes it larger. */
function usageBytesOf(eventBytes: number): number {
  const envelope = USAGE.ofEventBytes - USAGE.bytes;
  return Math.max((eventBytes * USAGE.bytes) / USAGE.ofEventBytes, eventBytes - envelope);
}
