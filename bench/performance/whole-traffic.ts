import { setTimeout as sleep } from 'node:timers/promises';

import { batchRequest, singleRequest } from '../../test/helpers/segment.ts';
import { benchEvent } from './events.ts';
import type { BenchEvent } from './events.ts';

/** Events of one webhook, and when it was answered with a 200, in milliseconds of `performance.now()`. */
export interface Answered {
  readonly events: readonly BenchEvent[];
  readonly at: number;
  /** More than once after a 503, on which Segment sends again, too. */
  readonly tries: number;
}

const MAX_TRIES = 50;
const RETRY_PAUSE_MS = 200;

/** Makes events that no other call has made, cut into webhooks. */
export type Webhooks = (events: number, eventsPerWebhook: number) => readonly (readonly BenchEvent[])[];

/** @param at epoch milliseconds, the timestamp of all */
export function createWebhooks(eventBytes: number, at: number): Webhooks {
  let made = 0;
  return (events, eventsPerWebhook) =>
    Array.from({ length: Math.ceil(events / eventsPerWebhook) }, (_, webhook) =>
      Array.from({ length: Math.min(eventsPerWebhook, events - webhook * eventsPerWebhook) }, () => benchEvent(made++, eventBytes, at)),
    );
}

/** How webhooks are sent; resolves when all are answered. */
export type Send = (url: string, webhooks: readonly (readonly BenchEvent[])[]) => Promise<readonly Answered[]>;

/** The next as soon as one of so many under way is answered: as fast as the bridge can. */
export function atOnce(connections: number): Send {
  return async (url, webhooks) => {
    const answered: Answered[] = [];
    const queue = webhooks.values();
    const sender = async (): Promise<void> => {
      for (const events of queue) answered.push(await post(url, events));
    };
    await Promise.all(Array.from({ length: connections }, sender));
    return answered;
  };
}

/** By the clock, however long the answers take. */
export function atRate(webhooksPerSecond: number): Send {
  return async (url, webhooks) => {
    const start = performance.now();
    const underWay: Promise<Answered>[] = [];
    for (const [index, events] of webhooks.entries()) {
      const waitMs = start + (index * 1_000) / webhooksPerSecond - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      underWay.push(post(url, events));
    }
    return Promise.all(underWay);
  };
}

async function post(url: string, events: readonly BenchEvent[]): Promise<Answered> {
  const { method, headers, body } = events.length === 1 ? singleRequest(events[0]) : batchRequest(events);
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, { method, headers, body });
    const text = await response.text();
    if (response.status === 200) return { events, at: performance.now(), tries };
    if (response.status !== 503 || tries === MAX_TRIES) throw new Error(`The bridge answered a webhook with ${response.status}: ${text}`);
    await sleep(RETRY_PAUSE_MS);
  }
}
