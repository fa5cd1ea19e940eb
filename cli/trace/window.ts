import { minuteText } from '../ledger/reading.ts';

const HOUR_MS = 60 * 60_000;
export const DEFAULT_HOURS = 24;
/** As long as a quarantine is kept by default. */
export const MAX_HOURS = 90 * 24;

/** A range of time, epoch milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** So many hours around a time, as far as they have passed; without a time those up to now. */
export function windowOf(around: number | undefined, hours: number, now: number): Window {
  const to = around === undefined ? now : Math.min(now, around + (hours * HOUR_MS) / 2);
  return { from: to - hours * HOUR_MS, to };
}

/** Undefined if the text is no number of hours that makes sense. */
export function hoursFrom(text: string): number | undefined {
  const hours = Number(text);
  return /^\d+(\.\d+)?$/.test(text) && hours > 0 && hours <= MAX_HOURS ? hours : undefined;
}

export function windowText({ from, to }: Window): string {
  return `${minuteText(from)} to ${minuteText(to)}`;
}
