export const DAY_MS = 24 * 60 * 60_000;

/** A day in UTC: from `from` up to before `to`, epoch milliseconds. */
export interface Day {
  /** `2026-11-21` */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Undefined if the text is no day of the calendar. */
export function dayFrom(text: string): Day | undefined {
  const from = Date.parse(`${text}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(from)) return undefined;
  // Date.parse takes the 30th of February for the 2nd of March.
  return new Date(from).toISOString().startsWith(text) ? { name: text, from, to: from + DAY_MS } : undefined;
}

/** The hour of an ISO time, as `2026-11-21T09`. */
export function hourOf(time: string): string {
  return time.slice(0, 13);
}
