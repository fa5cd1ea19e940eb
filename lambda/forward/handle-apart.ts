import type { QueuedEvent } from './record.ts';
import { returnLater } from './return-later.ts';
import type { ReturnLaterDeps } from './return-later.ts';
import type { Settled } from './settle.ts';
import { scatterSeconds, suspectGroups } from './suspects.ts';
import type { RetryTimes } from './suspects.ts';
import { deleteNow, hide } from './visibility.ts';

export interface ApartDeps extends ReturnLaterDeps, RetryTimes {
  /** Takes events to their fates. */
  readonly settle: (events: readonly QueuedEvent[]) => Promise<readonly Settled[]>;
}

/**
 * Makes sure of events whose fate is settled while the invocation lives: what is done is deleted, what is returned hidden.
 * The answer of the invocation says the same once more, if there is one.
 */
export async function finishNow(settled: readonly Settled[], deps: ReturnLaterDeps): Promise<void> {
  await returnLater(settled, deps);
  await deleteNow(
    settled.filter(({ fate }) => fate.kind !== 'returned').map(({ queued }) => queued),
    deps,
  );
}

/**
 * Handles events that may kill the process, in groups one after the other, each finished before the next begins. If one
 * does, what stood before it is done, and the rest comes back scattered. All others of the batch must be finished before.
 * @param functionTimeoutSeconds how long this invocation may last
 */
export async function handleApart(suspects: readonly QueuedEvent[], functionTimeoutSeconds: number, deps: ApartDeps): Promise<readonly Settled[]> {
  deps.telemetry.warn('suspects_apart', { events: suspects.length, advice: 'These events were in runs of forward that died; they are handled apart, in small groups.' });
  await hide(
    suspects.map((queued) => ({ queued, seconds: scatterSeconds(deps, functionTimeoutSeconds, deps.random()) })),
    deps,
  );
  const settled: Settled[] = [];
  for (const group of suspectGroups(suspects)) {
    const settledGroup = await deps.settle(group);
    await finishNow(settledGroup, deps);
    // The next group may be the last thing this process does.
    deps.telemetry.flush();
    settled.push(...settledGroup);
  }
  return settled;
}
