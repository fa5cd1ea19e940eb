import { METRONOME_MAX_EVENTS_PER_REQUEST } from '../../lambda/limits.ts';
import type { Settings } from '../../lib/config.ts';
import { MB_PER_CORE, WAIT_MS } from './assumed.ts';
import type { CostInput } from './input.ts';
import { FORWARD_CPU, INGEST_CPU, TIMED_EVENT_BYTES } from './measured.ts';
import { sendsOf } from './sends.ts';

/** Requests that the functions have under way at once: to the queue, and to Metronome. As lambda/ingest/enqueue.ts and lambda/forward/send.ts have it. */
const REQUESTS_AT_ONCE = 8;
/** Time without requests that forward makes up for, in seconds; as lambda/forward/pacer.ts has it. */
const PACER_CREDIT_SECONDS = 0.5;

/** How long CPU time lasts in a function of so much memory, which has that part of a core. Milliseconds. */
export function onLambdaMs(cpuMs: number, memoryMb: number): number {
  return cpuMs / Math.min(1, memoryMb / MB_PER_CORE);
}

/** One webhook, in milliseconds. */
export function ingestMs({ eventsPerWebhook, eventBytes }: CostInput, memoryMb: number): number {
  const cpuMs = INGEST_CPU.msPerWebhook + eventsPerWebhook * INGEST_CPU.msPerEvent * sizeFactor(eventBytes);
  return onLambdaMs(cpuMs, memoryMb) + Math.ceil(sendsOf(eventsPerWebhook, eventBytes).requests / REQUESTS_AT_ONCE) * WAIT_MS.queue;
}

/** One run of forward over so many events, in milliseconds: their CPU time, the wait for Metronome or for its rate, and the ledger. */
export function forwardMs(events: number, { eventBytes, filteredShare, usageEvents }: CostInput, settings: Settings, memoryMb: number): number {
  const cpuMs = FORWARD_CPU.msPerRun + events * FORWARD_CPU.msPerEvent * sizeFactor(eventBytes);
  const usage = events * (1 - filteredShare) * usageEvents;
  const perSecond = settings.metronomeEventsPerSecond / settings.maxConcurrency;
  // The last request doesn't wait for its own events.
  const pacedMs = 1_000 * ((usage - METRONOME_MAX_EVENTS_PER_REQUEST) / perSecond - PACER_CREDIT_SECONDS);
  const answeredMs = Math.max(1, usage / METRONOME_MAX_EVENTS_PER_REQUEST / REQUESTS_AT_ONCE) * WAIT_MS.metronome;
  return onLambdaMs(cpuMs, memoryMb) + (usage === 0 ? 0 : Math.max(pacedMs + WAIT_MS.metronome, answeredMs)) + WAIT_MS.ledger;
}

function sizeFactor(eventBytes: number): number {
  return Math.max(1, eventBytes / TIMED_EVENT_BYTES);
}
