import type { Settings } from '../../lib/config.ts';

/**
 * Which of the visible events SQS hands out next; it promises no order. `most-received`, the pessimist's: those first that
 * came back most often, the newest of them first, so a few use up their receives while the oldest wait to the end.
 * `random`: any of them, ten neighbours at a time.
 */
export type HandOutOrder = 'most-received' | 'random';
export const HAND_OUT_ORDERS: readonly HandOutOrder[] = ['most-received', 'random'];

/** What is wrong from the simulation's beginning for its `troubleHours`: Metronome answers 503, or forward dies at its start. */
export type Trouble = 'metronome_down' | 'cannot_start';

/** The settings that decide what an outage costs. */
export type ForwardSettings = Pick<
  Settings,
  | 'batchSize'
  | 'batchWindowSeconds'
  | 'maxConcurrency'
  | 'metronomeEventsPerSecond'
  | 'forwardTimeoutSeconds'
  | 'visibilityTimeoutSeconds'
  | 'retryDelaysMinutes'
  | 'maxReceiveCount'
>;

/** How long things take that nobody promises, in milliseconds. */
export interface Timing {
  /** Metronome's answer. */
  readonly answerMs: number;
  /** Writing the ledger's object to S3. */
  readonly ledgerMs: number;
  /** Parsing, mapping and serialising one event. */
  readonly mapMs: number;
  /** Ten ChangeMessageVisibilityBatch requests at once. */
  readonly hideMs: number;
  /** From the end of an invocation to the next batch in the same container: Lambda deletes, polls and invokes. */
  readonly turnaroundMs: number;
  /** The start of a new container. */
  readonly coldStartMs: number;
}

export interface Scenario {
  readonly settings: ForwardSettings;
  readonly trouble: Trouble;
  readonly troubleHours: number;
  /** Events accepted a second, during the trouble and after it. */
  readonly eventsPerSecond: number;
  /** What Metronome takes a second before it answers 429. */
  readonly accountEventsPerSecond: number;
  /** For the first hour after the trouble every invocation has a new container, which remembers nothing. */
  readonly restartStorm: boolean;
  readonly order: HandOutOrder;
  /** The queue's quota of events received and not deleted, those hidden for their back-off included. */
  readonly inFlightLimit: number;
  /** A Segment event, as it travels. */
  readonly eventBytes: number;
  readonly timing: Timing;
  /** When to give up if it still isn't drained, in hours after the trouble. */
  readonly patienceHours: number;
  readonly seed: number;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
export const SQS_IN_FLIGHT_LIMIT = 120_000;

/** Assumed, and on the cautious side: a fast refusal costs the ailing service the most requests, a slow end of each run the most rate. */
export const TIMING: Timing = { answerMs: 100, ledgerMs: 100, mapMs: 0.05, hideMs: 20, turnaroundMs: 100, coldStartMs: 500 };

export const SCENARIO_DEFAULTS = {
  trouble: 'metronome_down',
  troubleHours: 72,
  eventsPerSecond: 1_000,
  accountEventsPerSecond: 5_000,
  restartStorm: false,
  order: 'most-received',
  inFlightLimit: SQS_IN_FLIGHT_LIMIT,
  eventBytes: 1_000,
  timing: TIMING,
  patienceHours: 14 * 24,
  seed: 1,
} as const satisfies Omit<Scenario, 'settings'>;
