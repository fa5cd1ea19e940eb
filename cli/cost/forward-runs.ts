import { LAMBDA_MAX_PAYLOAD_BYTES, METRONOME_MAX_EVENTS_PER_REQUEST, SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import type { Settings } from '../../lib/config.ts';
import { LONG_POLL_SECONDS, POLLERS, SECONDS_PER_MONTH } from './assumed.ts';
import type { CostInput } from './input.ts';
import { SQS_RECORD } from './measured.ts';
import { receivesFor, requestsFor } from './receives.ts';
import { forwardMs } from './run-times.ts';

/** Forward's runs of a month, and what the pollers ask of the queue for them. */
export interface ForwardRuns {
  readonly perMonth: number;
  readonly eventsPerRun: number;
  /** True if no batch could hold more. */
  readonly isFull: boolean;
  /** Milliseconds of one. */
  readonly ms: number;
  /** To Metronome. */
  readonly requestsPerRun: number;
  /** They gather batches beside each other, and hand each to a container. */
  readonly pollers: number;
  /** Requests of 64 KB that bring events, ten each. */
  readonly receives: number;
  /** Requests that wait 20 s and bring none. */
  readonly emptyReceives: number;
  readonly deletes: number;
}

/** A batch's size depends on how long runs last, which depends on its size: so often is enough to settle. */
const ROUNDS = 60;

/** With few events a batch holds what came in the window, and with many it is full. */
export function forwardRuns(input: CostInput, settings: Settings, memoryMb: number): ForwardRuns {
  const { eventsPerMonth, eventBytes, filteredShare, usageEvents } = input;
  const pollers = Math.min(POLLERS, settings.maxConcurrency);
  const most = mostEvents(input, settings);
  const eventsPerRun = eventsGathered(input, settings, memoryMb, most, pollers);
  const perMonth = eventsPerMonth / eventsPerRun;
  const ms = forwardMs(eventsPerRun, input, settings, memoryMb);
  const waitedSeconds = Math.max(0, pollers * SECONDS_PER_MONTH - perMonth * (settings.batchWindowSeconds + ms / 1_000));
  return {
    perMonth,
    eventsPerRun,
    isFull: eventsPerRun === most,
    ms,
    requestsPerRun: requestsFor(eventsPerRun * (1 - filteredShare) * usageEvents, METRONOME_MAX_EVENTS_PER_REQUEST),
    pollers,
    receives: perMonth * receivesFor(eventsPerRun, eventBytes),
    emptyReceives: waitedSeconds / LONG_POLL_SECONDS,
    deletes: perMonth * requestsFor(eventsPerRun, SQS_MAX_BATCH_ENTRIES),
  };
}

/** Each poller waits for a first event, gathers more for the window, and hands over what came; meanwhile it gathers nothing. */
function eventsGathered(input: CostInput, settings: Settings, memoryMb: number, most: number, pollers: number): number {
  // A webhook's events arrive together, but a receive takes ten at most.
  const first = Math.min(most, input.eventsPerWebhook, SQS_MAX_BATCH_ENTRIES);
  const perSecond = input.eventsPerMonth / SECONDS_PER_MONTH;
  let events = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const busySeconds = settings.batchWindowSeconds + forwardMs(events, input, settings, memoryMb) / 1_000;
    events = Math.min(most, first + (perSecond * busySeconds) / pollers);
  }
  return events;
}

/** By the setting, or by what Lambda hands over at once. */
function mostEvents({ eventBytes }: CostInput, { batchSize }: Settings): number {
  const recordBytes = SQS_RECORD.bytes + eventBytes * SQS_RECORD.bodyGrowth;
  return Math.max(1, Math.min(batchSize, Math.floor(LAMBDA_MAX_PAYLOAD_BYTES / recordBytes)));
}
