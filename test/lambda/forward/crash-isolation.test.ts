import { describe, expect, it } from '@jest/globals';

import { isSuspect, scatterSeconds, suspectGroups } from '../../../lambda/forward/suspects.ts';
import type { QueuedEvent } from '../../../lambda/forward/record.ts';
import { queuedOf } from './factories.ts';

const TIMES = { retryDelaysMinutes: [6, 12, 24, 48, 60], visibilityTimeoutSeconds: 360 };
const TIMEOUT_SECONDS = 60;
/** Of the event source. */
const BATCH_SIZE = 1_000;
const WINDOW_SECONDS = 5;
/** Metronome's time for one request. */
const RUN_SECONDS = 2;

interface Message {
  readonly id: string;
  readonly poison: boolean;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  firstReceivedAt: number;
}

interface Outcome {
  readonly delays: readonly number[];
  readonly deadLetters: readonly Message[];
  readonly waiting: number;
}

/** Numbers from 0 to 1 that repeat with the seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A queue on a simulated clock, in seconds, and forward's own rules: good events arrive at a rate, and whatever run touches a
 * poison dies there and then. Visible messages are handed out by chance.
 */
function simulate({ rate, seconds, poisons, maxReceives, seed }: { rate: number; seconds: number; poisons: number; maxReceives: number; seed: number }): Outcome {
  const random = randomFrom(seed);
  const waiting = new Set<Message>();
  const delays: number[] = [];
  const deadLetters: Message[] = [];
  const send = (id: string, poison: boolean, at: number): void => void waiting.add({ id, poison, sentAt: at, visibleAt: at, receives: 0, firstReceivedAt: 0 });
  for (let index = 0; index < poisons; index += 1) send(`poison-${index}`, true, 60 + index);

  for (let now = 0; now < seconds || (waiting.size > 0 && now < seconds * 3); now += WINDOW_SECONDS) {
    if (now < seconds) for (let index = 0; index < rate * WINDOW_SECONDS; index += 1) send(`good-${now}-${index}`, false, now);
    const visible = [...waiting].filter(({ visibleAt }) => visibleAt <= now).map((message) => ({ message, chance: random() })).toSorted((a, b) => a.chance - b.chance).map(({ message }) => message);
    for (let at = 0; at < visible.length; at += BATCH_SIZE) run(visible.slice(at, at + BATCH_SIZE), now);
  }
  return { delays, deadLetters, waiting: waiting.size };

  function run(received: readonly Message[], now: number): void {
    const batch = received.filter((message) => receive(message, now));
    const byId = new Map(batch.map((message) => [message.id, message]));
    const queued = batch.map(asQueued);
    const suspects = queued.filter((one) => isSuspect(one, now * 1000, TIMES));
    const others = queued.filter((one) => !suspects.includes(one));
    if (!deliver(others)) return;
    for (const { sqsMessageId } of suspects) hide(byId.get(sqsMessageId), now + scatterSeconds(TIMES, TIMEOUT_SECONDS, random()));
    for (const group of suspectGroups(suspects)) if (!deliver(group)) return;

    /** False if the run died. */
    function deliver(events: readonly QueuedEvent[]): boolean {
      const messages = events.flatMap(({ sqsMessageId }) => byId.get(sqsMessageId) ?? []);
      if (messages.some(({ poison }) => poison)) return false;
      for (const message of messages) {
        waiting.delete(message);
        delays.push(now + RUN_SECONDS - message.sentAt);
      }
      return true;
    }
  }

  function receive(message: Message, now: number): boolean {
    if (message.receives >= maxReceives) {
      waiting.delete(message);
      deadLetters.push(message);
      return false;
    }
    message.receives += 1;
    if (message.receives === 1) message.firstReceivedAt = now;
    message.visibleAt = now + TIMES.visibilityTimeoutSeconds;
    return true;
  }

  function hide(message: Message | undefined, until: number): void {
    if (message !== undefined) message.visibleAt = until;
  }
}

function asQueued({ id, receives, firstReceivedAt }: Message): QueuedEvent {
  return queuedOf('{}', { sqsMessageId: id, receiveCount: receives, firstReceivedAt: firstReceivedAt * 1000 });
}

describe('an event that kills the function', () => {
  it.each([
    ['a few events a minute', { rate: 0.2, seconds: 30 * 3600, poisons: 1, maxReceives: 300, seed: 1 }],
    ['some events a second', { rate: 5, seconds: 4 * 3600, poisons: 1, maxReceives: 30, seed: 2 }],
    ['a full batch in each window', { rate: 200, seconds: 3600, poisons: 1, maxReceives: 8, seed: 3 }],
    ['more than one batch holds', { rate: 600, seconds: 1800, poisons: 1, maxReceives: 5, seed: 4 }],
    ['several of them', { rate: 50, seconds: 2 * 3600, poisons: 10, maxReceives: 15, seed: 5 }],
  ])('ends alone in the dead letters, and delays no other by over 30 minutes: %s', (_, options) => {
    const { delays, deadLetters, waiting } = simulate(options);

    expect(deadLetters.filter(({ poison }) => !poison)).toEqual([]);
    expect(deadLetters).toHaveLength(options.poisons);
    expect(waiting).toBe(0);
    expect(delays.length).toBe(Math.round(options.rate * WINDOW_SECONDS) * (options.seconds / WINDOW_SECONDS));
    expect(delays.reduce((longest, delay) => Math.max(longest, delay), 0)).toBeLessThanOrEqual(30 * 60);
  });

  it('is not hunted where nothing dies', () => {
    const { delays, deadLetters } = simulate({ rate: 100, seconds: 600, poisons: 0, maxReceives: 300, seed: 6 });

    expect(deadLetters).toEqual([]);
    expect(new Set(delays)).toEqual(new Set([RUN_SECONDS]));
  });
});
