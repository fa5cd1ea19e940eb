import type { LocalProcess } from '../../test/helpers/local-process.ts';
import { mustBeSame } from './same-answer.ts';
import { eventsPerSecond, lagsOf } from './whole-figures.ts';
import type { TakingMetronome } from './whole-metronome.ts';
import { TELLS_OF_PROCESSES, usedBy } from './whole-process.ts';
import { createWebhooks } from './whole-traffic.ts';
import type { Send } from './whole-traffic.ts';

/** Some events on their whole way. */
export interface Phase {
  readonly lagsMs: readonly number[];
  readonly eventsPerSecond: number;
  /** For one event, of all processes of the bridge; undefined where the system doesn't tell. */
  readonly cpuMicros: number | undefined;
  /** Webhooks sent again after a 503. */
  readonly resent: number;
}

/** Sends events to a local run, all of them different. */
export interface Driver {
  /**
   * Sends new events and waits until nothing of them is left to do.
   * @throws WrongAnswer unless every one is billed once, and rightly
   */
  run(events: number, eventsPerWebhook: number, send: Send): Promise<Phase>;
  /** @throws WrongAnswer unless the bridge counts as delivered what was sent, and nothing else */
  checkCounts(): Promise<void>;
}

/** As in the other sections: a browser's event. */
const EVENT_BYTES = 2_000;
/** On a machine that others use, too. */
const PATIENCE_MS = 300_000;

export function createDriver(bridge: LocalProcess, metronome: TakingMetronome): Driver {
  const webhooks = createWebhooks(EVENT_BYTES, Date.now());
  const cpuMicros = (): number => (TELLS_OF_PROCESSES ? usedBy(bridge.pid).cpuMicros : Number.NaN);
  let sent = 0;
  let mayBeTwice = 0;

  return {
    async run(events, eventsPerWebhook, send) {
      const made = webhooks(events, eventsPerWebhook);
      const cpuBefore = cpuMicros();
      const startedAt = performance.now();
      const answered = await send(bridge.webhook, made);
      await metronome.until(events, PATIENCE_MS);
      await bridge.drained(PATIENCE_MS);
      const used = (cpuMicros() - cpuBefore) / events;
      const taken = metronome.take();
      const resent = answered.reduce((sum, { tries }) => sum + tries - 1, 0);
      sent += events;
      // Of a webhook that was sent again some events may have been stored before.
      mayBeTwice += resent * eventsPerWebhook;
      const takenAt = [...taken.values()].map(({ at }) => at);
      return { lagsMs: lagsOf(answered, taken), eventsPerSecond: eventsPerSecond(startedAt, takenAt), cpuMicros: Number.isNaN(used) ? undefined : used, resent };
    },
    async checkCounts() {
      const { accepted, fates, queue } = await bridge.state();
      const isAllAccepted = accepted >= sent && accepted <= sent + mayBeTwice;
      const expected = { isAllAccepted: true, fates: { delivered: accepted, filtered: 0, quarantined: 0 }, queue: { visible: 0, inFlight: 0, deadLetters: 0 } };
      mustBeSame('the state of the bridge', { isAllAccepted, fates, queue }, expected);
    },
  };
}
