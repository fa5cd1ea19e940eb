import { LAMBDA_MAX_PAYLOAD_BYTES, METRONOME_MAX_EVENTS_PER_REQUEST, SQS_MAX_BATCH_ENTRIES, SQS_MAX_BYTES } from '../../lambda/limits.ts';
import type { Settings } from '../../lib/config.ts';
import { LONG_POLL_SECONDS, POLLERS, SECONDS_PER_MONTH } from './assumed.ts';
import type { CostInput } from './input.ts';
import { SQS_RECORD } from './measured.ts';
import { forwardMs } from './run-times.ts';
import { messageBytesOf, SQS_UNIT_BYTES } from './sends.ts';

/** Forward's runs of a month, and what the pollers ask of the queue for them. */
export interface ForwardRuns {
  readonly perMonth: number;
  readonly eventsPerRun: number;
  /** Milliseconds of one. */
  readonly ms: number;
  /** To Metronome. */
  readonly requestsPerRun: number;
  /** Containers that take turns: one for each poller. */
  readonly pollers: number;
  /** Requests of 64 KB that bring events. */
  readonly receives: number;
  /** Requests that wait 20 s and bring none. */
  readonly emptyReceives: number;
  readonly deletes: number;
}

/** A batch's size depends on how long runs last, which depends on its size: so often is enough to settle. */
const ROUNDS = 60;

/**
 * Each poller waits for a first event, gathers more for the window, and hands over what came; meanwhile it gathers
 * nothing. So with few events a batch holds what came in the window, and with many it is full.
 */
export function forwardRuns(input: CostInput, settings: Settings, memoryMb: number): ForwardRuns {
  const { eventsPerMonth, eventsPerWebhook, filteredShare, usageEvents } = input;
  const pollers = Math.min(POLLERS, settings.maxConcurrency);
  const most = mostEvents(input, settings);
  // A webhook's events arrive together, but a receive takes ten at most.
  const first = Math.min(most, eventsPerWebhook, SQS_MAX_BATCH_ENTRIES);
  const perSecond = eventsPerMonth / SECONDS_PER_MONTH;
  let eventsPerRun = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const busySeconds = settings.batchWindowSeconds + forwardMs(eventsPerRun, input, settings, memoryMb) / 1_000;
    eventsPerRun = Math.min(most, first + (perSecond * busySeconds) / pollers);
  }
  const perMonth = eventsPerMonth / eventsPerRun;
  const ms = forwardMs(eventsPerRun, input, settings, memoryMb);
  const waitedSeconds = Math.max(0, pollers * SECONDS_PER_MONTH - perMonth * (settings.batchWindowSeconds + ms / 1_000));
  return {
    perMonth,
    eventsPerRun,
    ms,
    requestsPerRun: requestsFor(eventsPerRun * (1 - filteredShare) * usageEvents, METRONOME_MAX_EVENTS_PER_REQUEST),
    pollers,
    receives: perMonth * requestsFor(eventsPerRun, SQS_MAX_BATCH_ENTRIES) * receiveUnits(input),
    emptyReceives: waitedSeconds / LONG_POLL_SECONDS,
    deletes: perMonth * requestsFor(eventsPerRun, SQS_MAX_BATCH_ENTRIES),
  };
}

/** By the setting, or by what Lambda hands over at once. */
function mostEvents({ eventBytes }: CostInput, { batchSize }: Settings): number {
  const recordBytes = SQS_RECORD.bytes + eventBytes * SQS_RECORD.bodyGrowth;
  return Math.max(1, Math.min(batchSize, Math.floor(LAMBDA_MAX_PAYLOAD_BYTES / recordBytes)));
}

/** Of requests that take so many at most, the last is half full on average. */
function requestsFor(items: number, most: number): number {
  return items === 0 ? 0 : Math.max(1, (items + (most - 1) / 2) / most);
}

/** Units of one receive of ten events, or of as many as fit into one. */
function receiveUnits({ eventBytes }: CostInput): number {
  const bytes = messageBytesOf(eventBytes);
  const together = Math.max(1, Math.min(SQS_MAX_BATCH_ENTRIES, Math.floor(SQS_MAX_BYTES / bytes)));
  return Math.ceil((together * bytes) / SQS_UNIT_BYTES) * (SQS_MAX_BATCH_ENTRIES / together);
}
