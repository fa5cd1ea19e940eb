import { SQS_MAX_RETENTION_DAYS } from '../lambda/limits.ts';

/**
 * How long an outage of Metronome every event survives in the queue before the first goes to the dead letters, in hours.
 * A message is hidden once after each receive, and leaves when it would be received more than `maxReceiveCount` times.
 * Jitter only lengthens the delays, so it isn't counted.
 *
 * @param retryDelaysMinutes the wait after each receive; the last one repeats
 */
export function outageHours(retryDelaysMinutes: readonly number[], maxReceiveCount: number): number {
  const listed = retryDelaysMinutes.slice(0, maxReceiveCount).reduce((sum, minutes) => sum + minutes, 0);
  const repeats = Math.max(0, maxReceiveCount - retryDelaysMinutes.length);
  const repeated = repeats * (retryDelaysMinutes.at(-1) ?? 0);
  return Math.min((listed + repeated) / 60, SQS_MAX_RETENTION_DAYS * 24);
}
