import type { Effort } from './alternate.ts';

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
};

/** Under a minute: to see that all answers are right and about where the figures stand. */
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
};
