import type { LocalState } from '../helpers/local-process.ts';
import type { ChaosBridge } from './bridge.ts';
import type { ChaosMetronome } from './metronome.ts';
import type { Phase } from './moods.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly events: number;
  readonly kills: number;
  /** Of Metronome's bad moods. */
  readonly longestPhase: Omit<Phase, 'mood'>;
  /** How long mishaps go on at most when all webhooks are answered, in milliseconds. */
  readonly tailMs: number;
  /** Told in a few words what happens. */
  readonly onProgress?: (what: string) => void;
}

/** What a run holds on to. */
export interface Run extends ChaosOptions {
  readonly bridge: ChaosBridge;
  readonly metronome: ChaosMetronome;
  /** The data folder, and what the run itself keeps. */
  readonly folder: string;
}

/** As Segment's hosted queue sends, but for its patience: Segment tries for hours, here it is minutes. */
export const SEGMENT = { pauseMs: 100, maxTries: 5_000 } as const;

export const TOKEN_BEFORE = 'token-before';
export const TOKEN_AFTER = 'token-after';

/** How many messages are in the queue, hidden ones included. */
export function waitingIn({ queue }: LocalState): number {
  return queue.visible + queue.inFlight;
}
