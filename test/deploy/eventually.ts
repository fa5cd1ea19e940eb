import { setTimeout as sleep } from 'node:timers/promises';

import { StepFailure } from './step-failure.ts';

const POLL_MS = 500;

/**
 * Looks again and again until what is missing is nothing, for at most so long.
 * @param missing a sentence on what isn't as expected yet; undefined when all is
 * @throws StepFailure with the last of these
 */
export async function eventually(expected: string, withinMs: number, missing: () => Promise<string | undefined>): Promise<void> {
  const until = performance.now() + withinMs;
  for (;;) {
    const seen = await missing();
    if (seen === undefined) return;
    if (performance.now() > until) throw new StepFailure(`${expected} within ${withinMs / 1000} s`, seen);
    await sleep(POLL_MS);
  }
}
