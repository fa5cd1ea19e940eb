const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/**
 * How long to wait before the stream is opened again: doubling, with half of it left to chance.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function reconnectDelayMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(full / 2 + (full / 2) * random);
}
