import { isUtf8 } from 'node:buffer';

import { SQS_MAX_BYTES } from './limits.ts';

/** An event as one SQS message: its exact bytes, as text or as base64, and when it was accepted. */
export interface QueueMessage {
  readonly body: string;
  readonly encoding: 'text' | 'base64';
  /** ISO 8601, our clock. */
  readonly acceptedAt: string;
}

/** Names of the message attributes. */
export const ACCEPTED_AT = 'acceptedAt';
export const ENCODING = 'encoding';

/** Base64 of no bytes is the empty string, which SQS refuses; padding alone decodes to no bytes, too. */
const BASE64_OF_NOTHING = '=';

/**
 * What SQS takes: tab, line feed, carriage return, U+0020 to U+D7FF, U+E000 to U+FFFD and the planes above.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const FORBIDDEN_IN_SQS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The event's bytes as a message: as text if SQS can carry them unchanged, else base64. */
export function toMessage(bytes: Buffer, acceptedAt: string): QueueMessage {
  if (bytes.length > 0 && isUtf8(bytes)) {
    const body = bytes.toString('utf8');
    if (!FORBIDDEN_IN_SQS.test(body)) return { body, encoding: 'text', acceptedAt };
  }
  return toBase64Message(bytes, acceptedAt);
}

/** The same in base64 whatever the bytes: for text that SQS refused all the same. */
export function toBase64Message(bytes: Buffer, acceptedAt: string): QueueMessage {
  return { body: bytes.toString('base64') || BASE64_OF_NOTHING, encoding: 'base64', acceptedAt };
}

/** The event's bytes again. */
export function bytesOf(message: Pick<QueueMessage, 'body' | 'encoding'>): Buffer {
  return Buffer.from(message.body, message.encoding === 'base64' ? 'base64' : 'utf8');
}

/** What the message weighs against {@link SQS_MAX_BYTES}: body plus attribute names, types and values, in bytes. */
export function messageBytes(message: QueueMessage): number {
  return Buffer.byteLength(message.body) + attributeBytes(message);
}

function attributeBytes({ encoding, acceptedAt }: QueueMessage): number {
  const type = 'String'.length;
  const accepted = ACCEPTED_AT.length + type + acceptedAt.length;
  return encoding === 'text' ? accepted : accepted + ENCODING.length + type + encoding.length;
}

/** True if the event can't be stored as one message, whatever the encoding it needs. */
export function isTooLargeForMessage(bytes: Buffer): boolean {
  // Base64 grows by a third: below half the limit either way fits, and nothing needs to be decoded.
  if (bytes.length * 2 < SQS_MAX_BYTES) return false;
  if (bytes.length > SQS_MAX_BYTES) return true;
  return messageBytes(toMessage(bytes, new Date(0).toISOString())) > SQS_MAX_BYTES;
}
