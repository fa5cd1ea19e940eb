import { createHash } from 'node:crypto';

import { chunks } from '../chunks.ts';
import type { QueuedEvent } from './record.ts';

/** From this receive on, an event can be told to have been in invocations that died. */
const SUSPECT_FROM_RECEIVE = 3;
/** Suspects of one batch are handled in about this many groups, one after the other: a crash takes down one group and what comes after it. */
const GROUPS = 20;

/** What the queue does with an event nobody answers for, and what forward does with one it returns. */
export interface RetryTimes {
  readonly retryDelaysMinutes: readonly number[];
  /** How long the queue hides an event whose invocation died. */
  readonly visibilityTimeoutSeconds: number;
}

/**
 * True for an event that came back too soon for a back-off and too late for a short delay: only invocations that died give
 * it back so. It may be what kills them, or have been beside that.
 * @param now epoch milliseconds
 */
export function isSuspect({ receiveCount, firstReceivedAt }: QueuedEvent, now: number, { retryDelaysMinutes, visibilityTimeoutSeconds }: RetryTimes): boolean {
  if (receiveCount < SUSPECT_FROM_RECEIVE) return false;
  const returns = receiveCount - 1;
  const elapsedSeconds = (now - firstReceivedAt) / 1000;
  return elapsedSeconds >= (returns * visibilityTimeoutSeconds) / 2 && elapsedSeconds < shortestBackOffSeconds(returns, retryDelaysMinutes);
}

/** The least time in which back-off alone lets an event return so often. */
function shortestBackOffSeconds(returns: number, retryDelaysMinutes: readonly number[]): number {
  let minutes = 0;
  for (let index = 0; index < returns; index += 1) minutes += retryDelaysMinutes[Math.min(index, retryDelaysMinutes.length - 1)] ?? 0;
  return minutes * 60;
}

/**
 * For how long a suspect is hidden before it is handled, in whole seconds: should that crash, those that were handled
 * together come back apart, and most of them without the one to blame. Never before the invocation has ended.
 * @param random from 0 to 1
 */
export function scatterSeconds({ visibilityTimeoutSeconds }: RetryTimes, functionTimeoutSeconds: number, random: number): number {
  const least = Math.max(functionTimeoutSeconds, visibilityTimeoutSeconds / 2);
  return Math.ceil(least + Math.max(0, visibilityTimeoutSeconds - least) * random);
}

/**
 * Suspects in the order and the groups in which they are handled: those first that were in the fewest crashes, then by
 * chance, and another chance at each receive, so that no event stands behind the guilty one for ever.
 */
export function suspectGroups(suspects: readonly QueuedEvent[]): readonly (readonly QueuedEvent[])[] {
  const ordered = suspects
    .map((queued) => ({ queued, chance: createHash('sha1').update(`${queued.sqsMessageId} ${queued.receiveCount}`).digest('hex') }))
    .toSorted((a, b) => a.queued.receiveCount - b.queued.receiveCount || (a.chance < b.chance ? -1 : 1))
    .map(({ queued }) => queued);
  return chunks(ordered, Math.max(1, Math.ceil(ordered.length / GROUPS)));
}
