import { returnDelaySeconds } from './backoff.ts';
import type { Settled } from './settle.ts';
import { hide } from './visibility.ts';
import type { QueueDeps } from './visibility.ts';

export interface ReturnLaterDeps extends QueueDeps {
  readonly retryDelaysMinutes: readonly number[];
  readonly random: () => number;
}

/**
 * Hides returned events for their back-off. With partial batch failures Lambda doesn't slow its polling, so in an outage
 * this is what does.
 */
export async function returnLater(settled: readonly Settled[], deps: ReturnLaterDeps): Promise<void> {
  const hidden = settled.flatMap(({ queued, fate }) =>
    fate.kind === 'returned' ? [{ queued, seconds: returnDelaySeconds(fate.cause, queued.receiveCount, deps.retryDelaysMinutes, deps.random()) }] : [],
  );
  await hide(hidden, deps);
}
