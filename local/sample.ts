import { createHmac } from 'node:crypto';

import type { Settled } from '../lambda/forward/settle.ts';

/** A Segment track call as a customer's server would send it, which the default mapping bills. */
export interface SampleEvent {
  readonly messageId: string;
  readonly [field: string]: unknown;
}

/** @param now epoch milliseconds */
export function sampleEvent(now: number, newId: () => string): SampleEvent {
  const timestamp = new Date(now).toISOString();
  return {
    type: 'track',
    event: 'Report Exported',
    messageId: `sample-${newId()}`,
    userId: 'user-1843',
    timestamp,
    sentAt: timestamp,
    context: { groupId: 'acme-corp', library: { name: 'analytics-node', version: '2.2.0' } },
    properties: { format: 'pdf', pages: 12, seconds: 3.5 },
  };
}

/**
 * Posts an event as Segment's "Webhook (Actions)" does: the JSON body, signed with the shared secret.
 * @throws TypeError if nothing answers
 */
export async function postSigned(webhookUrl: string, event: SampleEvent, sharedSecret: string): Promise<{ readonly status: number; readonly body: string }> {
  const body = JSON.stringify(event);
  const signature = createHmac('sha1', sharedSecret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'user-agent': 'Segment (Actions)', 'x-signature': signature };
  const response = await fetch(webhookUrl, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

/** Hears of fates as they fall, and tells whoever waits for one. */
export interface FateWatch {
  readonly onSettled: (settled: readonly Settled[]) => void;
  /** The first fate of the event with this Segment messageId; undefined if none falls within the time, in milliseconds. */
  fateOf(messageId: string, withinMs: number): Promise<Settled | undefined>;
}

export function createFateWatch(): FateWatch {
  const waiting = new Map<string, (settled: Settled) => void>();
  return {
    onSettled(settled) {
      for (const one of settled) {
        const tell = one.messageId === undefined ? undefined : waiting.get(one.messageId);
        tell?.(one);
      }
    },
    async fateOf(messageId, withinMs) {
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<Settled | undefined>((resolve) => {
          waiting.set(messageId, resolve);
          timer = setTimeout(() => resolve(undefined), withinMs);
        });
      } finally {
        clearTimeout(timer);
        waiting.delete(messageId);
      }
    },
  };
}
