import { randomUUID } from 'node:crypto';

import { eventually } from '../eventually.ts';
import type { ScriptedMetronome } from '../metronome.ts';

/** Long enough to open a tunnel to the port that was just printed, in milliseconds. */
const PATIENCE_MS = 5 * 60_000;
const ANSWERS_WITHIN_MS = 5_000;

/**
 * Waits until the address leads to the stand-in: what is billed in this test must never reach anybody else.
 * @throws StepFailure if it doesn't
 */
export async function reachMetronome(url: string, metronome: ScriptedMetronome): Promise<void> {
  const path = `/are-you-there/${randomUUID()}`;
  await eventually(`${url} to lead to ${metronome.url}`, PATIENCE_MS, async () => {
    const heard = await fetch(url + path, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(
      (response) => `an answer ${response.status} of something else`,
      () => 'no answer',
    );
    return metronome.requests.some((request) => request.path === path) ? undefined : heard;
  });
}
