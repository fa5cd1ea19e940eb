import type { Effort } from './alternate.ts';

/** How long the local run is driven. */
export interface WholePlan {
  /** Before anything counts, on each of its two starts: until then the compiler is at work. */
  readonly warmUpEvents: number;
  readonly speed: readonly { readonly eventsPerWebhook: number; readonly events: number }[];
  readonly lagSeconds: number;
  /** After so many events it is looked at what one costs and what is kept. */
  readonly milestones: readonly number[];
  /** On the way there, so many at a time. */
  readonly strideEvents: number;
  /** There, what an event costs is measured so often, on so many each time. */
  readonly probes: number;
  readonly probeEvents: number;
}

/** How much work goes into each figure. */
export interface Plan {
  readonly mapping: Effort;
  readonly floor: Effort;
  /** Against a Metronome that takes so long to answer; the peer sends so many events one by one in a slice. */
  readonly forward: readonly { readonly answerMs: number; readonly peerEvents: number; readonly effort: Effort }[];
  /** Places of chance for the refused events. */
  readonly seeds: readonly number[];
  readonly memoryBatches: number;
  readonly ingest: Effort;
  /** Processes started for each bundle. */
  readonly loads: number;
  readonly whole: WholePlan;
  /** Simulated. */
  readonly outageHours: number;
}

export const FULL: Plan = {
  mapping: { rounds: 40, sliceMs: 20, warmUpMs: 400 },
  floor: { rounds: 40, sliceMs: 30, warmUpMs: 800 },
  forward: [
    { answerMs: 0, peerEvents: 1_000, effort: { rounds: 15, sliceMs: 0, warmUpMs: 1_500 } },
    { answerMs: 20, peerEvents: 300, effort: { rounds: 5, sliceMs: 0, warmUpMs: 0 } },
    { answerMs: 100, peerEvents: 80, effort: { rounds: 5, sliceMs: 0, warmUpMs: 0 } },
  ],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  memoryBatches: 30,
  ingest: { rounds: 20, sliceMs: 80, warmUpMs: 1_500 },
  loads: 25,
  whole: {
    warmUpEvents: 5_000,
    speed: [
      { eventsPerWebhook: 1, events: 5_000 },
      { eventsPerWebhook: 50, events: 20_000 },
    ],
    lagSeconds: 12,
    milestones: [1_000, 10_000, 100_000],
    strideEvents: 5_000,
    probes: 3,
    probeEvents: 1_000,
  },
  outageHours: 72,
};

/** Under two minutes: to see that all answers are right and about where the figures stand. */
export const QUICK: Plan = {
  mapping: { rounds: 9, sliceMs: 10, warmUpMs: 100 },
  floor: { rounds: 9, sliceMs: 15, warmUpMs: 250 },
  forward: [
    { answerMs: 0, peerEvents: 300, effort: { rounds: 4, sliceMs: 0, warmUpMs: 500 } },
    { answerMs: 20, peerEvents: 80, effort: { rounds: 2, sliceMs: 0, warmUpMs: 0 } },
    { answerMs: 100, peerEvents: 40, effort: { rounds: 2, sliceMs: 0, warmUpMs: 0 } },
  ],
  seeds: [1, 2],
  memoryBatches: 6,
  ingest: { rounds: 6, sliceMs: 40, warmUpMs: 500 },
  loads: 5,
  whole: {
    warmUpEvents: 3_000,
    speed: [
      { eventsPerWebhook: 1, events: 1_000 },
      { eventsPerWebhook: 50, events: 3_000 },
    ],
    lagSeconds: 2,
    milestones: [1_000, 5_000],
    strideEvents: 2_000,
    probes: 2,
    probeEvents: 1_000,
  },
  outageHours: 3,
};
