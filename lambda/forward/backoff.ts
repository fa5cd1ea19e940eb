import { SQS_MAX_VISIBILITY_SECONDS } from '../limits.ts';
import type { ReturnCause } from './fate.ts';

/**
 * Up to this receive a cause that lasts but a moment gets its short delay. Beyond it every cause waits as long as an outage
 * does: short delays would use up the queue's receive count within hours, and end in the dead letters.
 */
export const SHORT_DELAYS_UNTIL_RECEIVE = 20;
/** Added to a delay at most, as a part of it: events returned together come back apart. */
const JITTER = 0.25;
/** How long an event waits when only this invocation was at its end, in seconds. */
const SHORT_DELAY_SECONDS = { min: 2, max: 10 };
/** How long an event waits when Metronome asks to slow down, in seconds. */
const RATE_LIMITED_SECONDS = { min: 15, max: 120 };

/**
 * How long a returned event stays hidden, in whole seconds, at least 1: by its cause, or growing with each receive.
 * @param receiveCount how often the queue has handed the event out, from 1
 * @param retryDelaysMinutes the delay after each receive; the last one repeats
 * @param random from 0 to 1
 */
export function returnDelaySeconds(cause: ReturnCause, receiveCount: number, retryDelaysMinutes: readonly number[], random: number): number {
  const short = receiveCount <= SHORT_DELAYS_UNTIL_RECEIVE ? shortDelay(cause) : undefined;
  if (short !== undefined) return between(short, random);
  const minutes = retryDelaysMinutes[Math.min(receiveCount, retryDelaysMinutes.length) - 1] ?? 0;
  return clamp(minutes * 60 * (1 + JITTER * random));
}

function shortDelay(cause: ReturnCause): typeof SHORT_DELAY_SECONDS | undefined {
  switch (cause) {
    case 'deadline':
    case 'split_limit':
      return SHORT_DELAY_SECONDS;
    case 'rate_limited':
      return RATE_LIMITED_SECONDS;
    default:
      return undefined;
  }
}

function between({ min, max }: { readonly min: number; readonly max: number }, random: number): number {
  return clamp(min + (max - min) * random);
}

function clamp(seconds: number): number {
  return Math.min(SQS_MAX_VISIBILITY_SECONDS, Math.max(1, Math.round(seconds)));
}
