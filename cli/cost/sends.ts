import { packMessages } from '../../lambda/ingest/pack-messages.ts';
import { messageBytes } from '../../lambda/message.ts';
import type { QueueMessage } from '../../lambda/message.ts';

/** SQS counts each 64 KB of payload as a request. */
export const SQS_UNIT_BYTES = 64 * 1024;

/** A message with an event of so many bytes, as it is weighed. */
function messageOf(eventBytes: number): QueueMessage {
  return { body: 'e'.repeat(eventBytes), encoding: 'text', acceptedAt: new Date(0).toISOString() };
}

export function messageBytesOf(eventBytes: number): number {
  return messageBytes(messageOf(eventBytes));
}

/** What one webhook sends to the queue: requests, packed as ingest packs them, and the units they are billed as. */
export function sendsOf(eventsPerWebhook: number, eventBytes: number): { readonly requests: number; readonly units: number } {
  const message = messageOf(eventBytes);
  const bytes = messageBytes(message);
  const batches = packMessages(Array.from({ length: eventsPerWebhook }, () => ({ message })));
  return { requests: batches.length, units: batches.reduce((sum, batch) => sum + Math.ceil((batch.length * bytes) / SQS_UNIT_BYTES), 0) };
}
