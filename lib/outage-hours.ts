import { SHORT_DELAYS_UNTIL_RECEIVE } from '../lambda/forward/backoff.ts';
import { SQS_MAX_RETENTION_DAYS } from '../lambda/limits.ts';

/**
 * How long an outage of Metronome every event survives in the queue before the first goes to the dead letters, in hours: in
 * the worst case, in which the first receives have only their short delays (Metronome answers 429). A message is hidden
 * once after each receive, and leaves when it would be received more than `maxReceiveCount` times. Jitter only lengthens
 * the delays, so it isn't counted.
 *
 * @param retryDelaysMinutes the wait after each receive; the last one repeats
 */
export function outageHours(retryDelaysMinutes: readonly number[], maxReceiveCount: number): number {
  const listed = retryDelaysMinutes.slice(SHORT_DELAYS_UNTIL_RECEIVE, maxReceiveCount).reduce((sum, minutes) => sum + minutes, 0);
  const repeats = Math.max(0, maxReceiveCount - Math.max(SHORT_DELAYS_UNTIL_RECEIVE, retryDelaysMinutes.length));
  const repeated = repeats * (retryDelaysMinutes.at(-1) ?? 0);
  return Math.min((listed + repeated) / 60, SQS_MAX_RETENTION_DAYS * 24);
}
