import type { SQSRecord } from 'aws-lambda';

import type { MetronomeClient, PostResult } from '../../../lambda/forward/metronome.ts';
import type { QueuedEvent } from '../../../lambda/forward/record.ts';
import { compileMappings } from '../../../lambda/mapping/index.ts';
import type { CompiledMappings } from '../../../lambda/mapping/index.ts';

export const NOW = Date.parse('2026-06-01T12:00:00.000Z');
export const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;

/** An event from the queue; a text stands for itself, anything else for its JSON. */
export function queuedOf(body: unknown, overrides: Partial<QueuedEvent> = {}): QueuedEvent {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    sqsMessageId: 'sqs-1',
    receiptHandle: 'receipt-1',
    receiveCount: 1,
    firstReceivedAt: NOW,
    sentAt: NOW - 1_000,
    acceptedAt: NOW - 2_000,
    body: text,
    encoding: 'text',
    text,
    ...overrides,
  };
}

export function recordOf(overrides: Partial<SQSRecord> = {}): SQSRecord {
  return {
    messageId: 'sqs-1',
    receiptHandle: 'receipt-1',
    body: '{}',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(NOW - 1_000),
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: String(NOW),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:events',
    awsRegion: 'us-east-1',
    ...overrides,
  };
}

export const DEFAULT_MAPPING = {
  transaction_id: { '@path': '$.messageId' },
  customer_id: { '@path': '$.context.groupId' },
  timestamp: { '@path': '$.timestamp' },
  event_type: { '@path': '$.event' },
  properties: { '@path': '$.properties' },
};

/** Enabled mappings for track calls; each gives what it overrides another value. */
export function mappingsOf(...overrides: readonly Readonly<Record<string, unknown>>[]): CompiledMappings {
  const mappings = overrides.map((fields, index) => ({ name: `mapping ${index + 1}`, trigger: 'type = "track"', mapping: { ...DEFAULT_MAPPING, ...fields } }));
  return compileMappings(JSON.stringify({ mappings }));
}

/** A request as a client double sees it. */
export interface Post {
  readonly ids: readonly string[];
  readonly body: string;
  readonly token: string;
  readonly timeoutMs: number;
}

/** A Metronome without a network: `answer` decides each request. */
export function clientDouble(answer: (post: Post, index: number) => PostResult | Promise<PostResult>): MetronomeClient & { readonly posts: readonly Post[] } {
  const posts: Post[] = [];
  return {
    posts,
    async ingest(body, token, timeoutMs) {
      const events: unknown = JSON.parse(body);
      const ids = Array.isArray(events) ? events.map((event: { transaction_id?: unknown }) => String(event.transaction_id)) : [];
      const post = { ids, body, token, timeoutMs };
      return answer(post, posts.push(post) - 1);
    },
    close: () => undefined,
  };
}

export function answered(status: number, fields: Partial<Extract<PostResult, { kind: 'answer' }>> = {}): PostResult {
  return { kind: 'answer', status, message: '', retryAfterMs: undefined, hasBody: false, ...fields };
}

export const NO_ANSWER: PostResult = { kind: 'no_answer', code: 'ECONNRESET' };

/** A usage event ready to be sent. */
export function packableOf(id: string): { readonly id: string; readonly json: string; readonly bytes: number } {
  const json = JSON.stringify({ transaction_id: id });
  return { id, json, bytes: Buffer.byteLength(json) };
}

export function packables(count: number): ReturnType<typeof packableOf>[] {
  return Array.from({ length: count }, (_, index) => packableOf(`e${index}`));
}
