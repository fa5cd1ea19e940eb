const COUNT = new Intl.NumberFormat('en-US');
const BYTES = new TextEncoder();
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `2,000` */
export function figure(amount: number): string {
  return COUNT.format(amount);
}

/** `1 event`, `2,000 events` */
export function count(amount: number, noun: string): string {
  return `${figure(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** A span of time to two figures, as `340 ms`, `1.2 s`, `3 min`, `2 h`, `12 days`; what a clock set back makes negative is 0. */
export function span(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} h`;
  return `${Math.round(ms / DAY_MS)} days`;
}

/** Size as UTF-8. */
export function byteLength(text: string): number {
  return BYTES.encode(text).length;
}

/** `840 B`, `12 KB` */
export function size(bytes: number): string {
  return bytes < 1_000 ? `${bytes} B` : `${figure(Math.round(bytes / 100) / 10)} KB`;
}
