import { setImmediate } from 'node:timers/promises';

import type { HandOutOrder, Scenario } from '../../bench/outage/scenario.ts';
import { seededRandom } from '../../bench/outage/random.ts';
import { returnDelaySeconds } from '../../lambda/forward/backoff.ts';
import { createPacer } from '../../lambda/forward/pacer.ts';
import type { PostResult } from '../../lambda/forward/metronome.ts';
import { sendUsage } from '../../lambda/forward/send.ts';
import type { SendDeps } from '../../lambda/forward/send.ts';
import { recordingTelemetry } from '../helpers/telemetry.ts';

/** One event in the queue. Milliseconds since the simulation began. */
interface Message {
  readonly json: string;
  readonly bytes: number;
  readonly isOfTrouble: boolean;
  receives: number;
  visibleAt: number;
}

export interface ObjectResult {
  readonly accepted: number;
  readonly delivered: number;
  readonly dead: number;
  readonly receives: number;
  readonly mostReceives: number;
  readonly requestsWhileDown: number;
  readonly rateLimited: number;
  readonly drainSeconds: number;
}

/** What lambda/forward/handler.ts keeps free before the function's deadline. */
const FINISH_MARGIN_MS = 5_000;

/**
 * The same rules as the simulator's, with an object for every event and `sendUsage` itself doing the sending: slow, and
 * written without a look at counts, so that the two can be held against each other.
 */
export async function simulateObjects({ settings, timing, ...scenario }: Scenario): Promise<ObjectResult> {
  const random = seededRandom(scenario.seed + 1);
  const time = createVirtualTime();
  const endsAt = scenario.troubleHours * 3_600_000;
  const seen = { accepted: 0, delivered: 0, dead: 0, receives: 0, mostReceives: 0, requestsWhileDown: 0, rateLimited: 0 };
  const queue: Message[] = [];
  let inFlight = 0;
  let open = 0;
  let level = 0;
  let leveledAt = 0;

  function answer(events: number): PostResult {
    const status = statusFor(events);
    return { kind: 'answer', status, message: '', retryAfterMs: undefined, hasBody: false };
  }

  function statusFor(events: number): number {
    if (time.now() < endsAt) {
      seen.requestsWhileDown += 1;
      return 503;
    }
    level = Math.max(0, level - ((time.now() - leveledAt) / 1000) * scenario.accountEventsPerSecond);
    leveledAt = time.now();
    if (level + events > Math.max(100, scenario.accountEventsPerSecond)) {
      seen.rateLimited += 1;
      return 429;
    }
    level += events;
    return 200;
  }

  function sendDeps(): SendDeps {
    return {
      client: {
        close: () => undefined,
        async ingest(body) {
          const result = answer(body.split(',').length);
          await time.sleep(timing.answerMs);
          return result;
        },
      },
      token: { read: async () => 'token', reread: async () => 'token' },
      pacer: createPacer(settings.metronomeEventsPerSecond / settings.maxConcurrency),
      telemetry: recordingTelemetry(),
      now: time.now,
      random,
      sleep: time.sleep,
    };
  }

  function visible(): Message[] {
    return queue.filter((message) => message.visibleAt <= time.now());
  }

  function receive(sharers: number, most: number): Message[] {
    const shown = inOrder(visible(), scenario.order, random);
    const room = Math.min(Math.ceil(shown.length / sharers), most, scenario.inFlightLimit - inFlight);
    const received: Message[] = [];
    for (const message of shown) {
      if (received.length >= room) break;
      if (message.receives >= settings.maxReceiveCount) {
        remove(message);
        seen.dead += 1;
        continue;
      }
      message.receives += 1;
      message.visibleAt = Number.POSITIVE_INFINITY;
      seen.receives += 1;
      seen.mostReceives = Math.max(seen.mostReceives, message.receives);
      received.push(message);
    }
    inFlight += received.length;
    return received;
  }

  function remove(message: Message): void {
    queue.splice(queue.indexOf(message), 1);
    if (message.isOfTrouble) open -= 1;
  }

  async function work(container: Poller): Promise<void> {
    const deps = sendDeps();
    for (;;) {
      const batch = await container.batch();
      if (scenario.trouble === 'cannot_start' && time.now() < endsAt) {
        await time.sleep(1_000);
        for (const message of batch) message.visibleAt = Math.ceil(container.since / 1000) * 1000 + settings.visibilityTimeoutSeconds * 1000;
      } else {
        await forward(batch, deps);
      }
      await time.sleep(timing.turnaroundMs);
      container.free();
    }
  }

  async function forward(batch: readonly Message[], deps: SendDeps): Promise<void> {
    const deadline = time.now() + settings.forwardTimeoutSeconds * 1000 - FINISH_MARGIN_MS;
    await time.sleep(batch.length * timing.mapMs);
    const { verdicts } = await sendUsage(batch, deadline, deps);
    const returned = batch.filter((message) => verdicts.get(message)?.kind === 'returned');
    await time.sleep((returned.length < batch.length ? timing.ledgerMs : 0) + Math.ceil(returned.length / 100) * timing.hideMs);
    for (const message of batch) {
      const verdict = verdicts.get(message);
      if (verdict?.kind === 'returned') {
        message.visibleAt = Math.ceil(time.now() / 1000) * 1000 + 1000 * returnDelaySeconds(verdict.cause, message.receives, settings.retryDelaysMinutes, random());
      } else {
        remove(message);
        inFlight -= 1;
        seen.delivered += 1;
      }
    }
  }

  interface Poller {
    readonly since: number;
    batch(): Promise<Message[]>;
    free(): void;
    feed(sharers: number): void;
    readonly isGathering: boolean;
  }

  function createPoller(): Poller {
    let held: Message[] = [];
    let waiting = Promise.withResolvers<Message[]>();
    const poller = {
      since: 0,
      isGathering: true,
      batch: () => waiting.promise,
      free() {
        held = [];
        waiting = Promise.withResolvers<Message[]>();
        poller.isGathering = true;
        poller.feed(pollers.filter(({ isGathering }) => isGathering).length);
      },
      feed(sharers: number) {
        const received = receive(sharers, settings.batchSize - held.length);
        if (held.length === 0) poller.since = time.now();
        held.push(...received);
        const isOver = time.now() - poller.since >= settings.batchWindowSeconds * 1000;
        if (held.length === 0 || (held.length < settings.batchSize && !isOver)) return;
        poller.isGathering = false;
        waiting.resolve(held);
      },
    };
    return poller;
  }

  const pollers = Array.from({ length: settings.maxConcurrency }, createPoller);
  for (const poller of pollers) void work(poller);
  for (let second = 0; second * 1000 < endsAt || open > 0; second += 1) {
    inFlight -= returning(queue, second * 1000);
    const count = Math.floor((second + 1) * scenario.eventsPerSecond) - Math.floor(second * scenario.eventsPerSecond);
    for (let event = 0; event < count; event += 1) {
      const isOfTrouble = second * 1000 < endsAt;
      queue.push({ json: '0', bytes: scenario.eventBytes, isOfTrouble, receives: 0, visibleAt: 0 });
      if (isOfTrouble) open += 1;
    }
    seen.accepted += count;
    let sharers = pollers.filter(({ isGathering }) => isGathering).length;
    for (const poller of pollers) {
      if (!poller.isGathering) continue;
      poller.feed(sharers);
      sharers -= 1;
    }
    await time.until((second + 1) * 1000);
  }
  return { ...seen, drainSeconds: Math.max(0, (time.now() - endsAt) / 1000 - 1) };
}

/** How many hidden messages come back at this moment: they leave what is in flight. */
function returning(queue: readonly Message[], now: number): number {
  return queue.filter(({ receives, visibleAt }) => receives > 0 && visibleAt === now).length;
}

function inOrder(messages: Message[], order: HandOutOrder, random: () => number): Message[] {
  // Newest first among equals: the queue holds them as they arrived.
  if (order === 'most-received') return messages.toReversed().toSorted((a, b) => b.receives - a.receives);
  return messages.map((message) => ({ message, chance: random() })).toSorted((a, b) => a.chance - b.chance).map(({ message }) => message);
}

interface VirtualTime {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Lets time pass, and everybody act who waits for a moment before its end. */
  until(moment: number): Promise<void>;
}

function createVirtualTime(): VirtualTime {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep(milliseconds) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const at = now + milliseconds;
      const index = sleepers.findIndex((sleeper) => sleeper.at > at);
      sleepers.splice(index === -1 ? sleepers.length : index, 0, { at, wake: resolve });
      return promise;
    },
    async until(moment) {
      for (;;) {
        // All that the last one woken does at once comes first.
        await setImmediate();
        const next = sleepers[0];
        if (next === undefined || next.at >= moment) break;
        sleepers.shift();
        now = next.at;
        next.wake();
      }
      now = moment;
    },
  };
}
