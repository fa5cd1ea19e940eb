import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import type { SegmentRequest } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { tokenPath } from './aws-faults.ts';
import { SEGMENT, TOKEN_AFTER, waitingIn } from './run-options.ts';
import type { Run } from './run-options.ts';
import { planIncidents } from './schedule.ts';
import type { Incident } from './schedule.ts';

const SENDERS = 16;
/** The share of the events that may be left when the mishaps end. */
const FEW_LEFT = 0.1;
const POLL_MS = 2_000;
const TOLD_EVERY = 1_000;

/**
 * Sends all webhooks while everything goes wrong, and lets it go wrong until most events are through: mishaps are there for
 * the events, not for an empty queue.
 * @throws Error if a webhook is refused for good
 */
export async function sendAmidMishaps(run: Run, requests: readonly SegmentRequest[]): Promise<void> {
  const incidents = [...planIncidents(run.seed, run.kills)];
  const happening: Promise<void>[] = [];
  let answered = 0;
  const onAnswer = (): void => {
    answered += 1;
    if (answered % TOLD_EVERY === 0) run.onProgress?.(`${answered} of ${requests.length} webhooks answered`);
    const due = incidents.findIndex(({ at }) => at * requests.length > answered);
    happening.push(...incidents.splice(0, due === -1 ? incidents.length : due).map((incident) => happen(run, incident)));
  };
  const statuses = await sendAll(requests, { webhook: run.bridge.webhook, concurrency: SENDERS, ...SEGMENT, onAnswer });
  const refused = statuses.filter((status) => status !== 200);
  if (refused.length > 0) throw new Error(`${refused.length} webhooks were not accepted; the first was last answered ${refused[0]}`);
  await Promise.all(happening);
  run.onProgress?.('all webhooks answered');
  await untilMostAreThrough(run);
}

async function happen({ bridge, metronome, folder, onProgress }: Run, { kind, afterMs }: Incident): Promise<void> {
  await sleep(afterMs);
  onProgress?.(kind.replaceAll('_', ' '));
  switch (kind) {
    case 'kill':
      return bridge.restart();
    case 'kill_when_stored':
      return metronome.whenNextStored(() => bridge.restart());
    case 'rotate_token':
      writeFileSync(tokenPath(folder), TOKEN_AFTER);
      return metronome.takeOnly(TOKEN_AFTER);
  }
}

/** A process that is just being killed has no state. */
async function untilMostAreThrough({ bridge, events, tailMs, onProgress }: Run): Promise<void> {
  const until = Date.now() + tailMs;
  while (Date.now() < until) {
    await sleep(POLL_MS);
    const waiting = await bridge.process.state().then(waitingIn, () => Number.POSITIVE_INFINITY);
    onProgress?.(`${waiting} messages in the queue`);
    if (waiting < FEW_LEFT * events) return;
  }
}
