import type { Day } from './day.ts';

/** How many events ingest accepted. */
export interface Accepted {
  readonly total: number;
  /** By hour as `2026-11-21T09`; undefined where nobody counts hours. */
  readonly byHour: ReadonlyMap<string, number> | undefined;
}

/** @throws OperatorError if nobody tells */
export type AcceptedSource = (day: Day) => Promise<Accepted>;
