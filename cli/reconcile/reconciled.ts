import type { Balance } from './balance.ts';

/** What a day's events came to. */
export interface Reconciled extends Balance {
  /** `2026-11-21`, or undefined: all days of a local run, which counts none apart. */
  readonly day: string | undefined;
  readonly name: string;
  /** Events may still be coming in. */
  readonly isUnderWay: boolean;
  readonly objects: number;
  readonly bytes: number;
  readonly damaged: readonly string[];
}
