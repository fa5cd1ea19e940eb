import type { LocalState } from '../helpers/local-process.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { goodEvent } from './event-kinds.ts';
import { eventId } from './planned-event.ts';
import type { PlannedEvent } from './planned-event.ts';
import { createRandom } from './random.ts';
import { SEGMENT, waitingIn } from './run-options.ts';
import type { Run } from './run-options.ts';
import { webhookOf } from './traffic.ts';

const DRAIN_MS = 300_000;
/** Between one closing event and the next. */
const CLOSING_MS = 4_000;

export interface Drained {
  readonly state: LocalState;
  /** Events that were sent meanwhile. */
  readonly closing: readonly PlannedEvent[];
}

/**
 * Ends all mishaps with one more kill, and waits until nothing is left, or for minutes in vain. A customer's traffic goes on
 * meanwhile: without a single good event beside it, no refusal is believed.
 */
export async function drain({ bridge, metronome, seed, events, onProgress }: Run): Promise<Drained> {
  onProgress?.('one last kill, and no more mishaps');
  metronome.calmDown();
  // A restart frees what waits for a back-off of minutes.
  await bridge.restartCalm();
  const random = createRandom(seed, 'closing');
  const closing: PlannedEvent[] = [];
  const until = Date.now() + DRAIN_MS;
  for (;;) {
    const event = goodEvent({ id: eventId(seed, events + closing.length), random, now: Date.now() });
    closing.push(event);
    await sendAll([webhookOf([event])], { webhook: bridge.webhook, concurrency: 1, ...SEGMENT });
    const state = await bridge.process.drained(CLOSING_MS).catch(() => bridge.process.state());
    if (waitingIn(state) === 0 || Date.now() > until) return { state, closing };
    onProgress?.(`${waitingIn(state)} messages left in the queue`);
  }
}
