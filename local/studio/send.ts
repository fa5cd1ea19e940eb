import { createHmac } from 'node:crypto';

import { messageOf } from '../../lambda/error-text.ts';
import { isObject } from '../../lambda/json-value.ts';
import { INGEST_MAX_BODY_BYTES } from '../../lambda/limits.ts';
import type { SendRequest, SendView } from './api.ts';
import { StudioProblem } from './problem.ts';

/** A webhook as Segment's "Webhook (Actions)" would send it. */
interface Webhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface SendOptions {
  readonly webhookUrl: string;
  readonly segmentSharedSecret: string;
  readonly endpointToken: string;
  /** The clock, in milliseconds. */
  readonly now: () => number;
}

export const SEND_KINDS: readonly SendRequest['kind'][] = ['single', 'batch', 'bad_signature', 'oversize'];
/** So that a batch shows as one. */
const BATCH_EVENTS = 3;
const SHOWN_ANSWER_CHARS = 10_000;

/**
 * Sends a test webhook to the bridge itself, and tells the answer.
 * @throws StudioProblem if the event is none, or nothing answers
 */
export async function sendWebhook({ kind, event }: SendRequest, options: SendOptions): Promise<SendView> {
  const { body, headers } = webhookOf(kind, eventText(event), options);
  const common = { 'content-type': 'application/json', 'user-agent': 'Segment (Actions)' };
  const started = options.now();
  try {
    const response = await fetch(options.webhookUrl, { method: 'POST', headers: { ...common, ...headers }, body });
    const text = await response.text();
    return { status: response.status, body: text.slice(0, SHOWN_ANSWER_CHARS), milliseconds: Math.round(options.now() - started) };
  } catch (error) {
    throw new StudioProblem(502, `The webhook doesn't answer (${messageOf(error)}). See what npm start printed.`);
  }
}

function webhookOf(kind: SendRequest['kind'], event: string, { segmentSharedSecret, endpointToken }: SendOptions): Webhook {
  switch (kind) {
    case 'single':
      return { body: event, headers: { 'x-signature': signature(event, segmentSharedSecret) } };
    case 'bad_signature':
      return { body: event, headers: { 'x-signature': signature(event, `not ${segmentSharedSecret}`) } };
    case 'oversize':
      return { body: event.padEnd(INGEST_MAX_BODY_BYTES + 1), headers: { 'x-signature': signature(event, segmentSharedSecret) } };
    case 'batch': {
      const events = Array.from({ length: BATCH_EVENTS }, (_, index) => withOwnId(event, index));
      const headers = { 'x-signature': signature(events[0] ?? '', segmentSharedSecret), authorization: `Bearer ${endpointToken}` };
      return { body: `[${events.join(',')}]`, headers };
    }
  }
}

function signature(text: string, secret: string): string {
  return createHmac('sha1', secret).update(text).digest('hex');
}

/** Segment sends JSON without blanks around it, and signs that. */
function eventText(event: string): string {
  try {
    const text = withSource(event);
    if (isObject(JSON.parse(text))) return text;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new StudioProblem(422, 'The event is no JSON object. Paste one Segment event, as it comes in the webhook.');
}

/** The same event under another messageId, so that each of a batch is billed by itself. */
function withOwnId(event: string, index: number): string {
  return withSource(event, (id) => `${id}-${index + 1}`);
}

/** Written without blanks, its numbers digit for digit. */
function withSource(event: string, messageId: (id: string) => string = (id) => id): string {
  const value: unknown = JSON.parse(event, (_name, member: unknown, { source }) => (typeof member === 'number' && source !== undefined ? JSON.rawJSON(source) : member));
  if (!isObject(value) || typeof value['messageId'] !== 'string') return JSON.stringify(value);
  return JSON.stringify({ ...value, messageId: messageId(value['messageId']) });
}
