import { isUtf8 } from 'node:buffer';

import { SQS_MAX_BYTES } from './limits.ts';

/** An event as one SQS message: its exact bytes, as text or as base64, and when it was accepted. */
export interface QueueMessage {
  readonly body: string;
  readonly encoding: 'text' | 'base64';
  /** ISO 8601, our clock. */
  readonly acceptedAt: string;
  /** For an event that is sent through the queue again. */
  readonly replay?: Replay | undefined;
}

/** What an event that is sent again brings along of its past. */
export interface Replay {
  /** The SQS message id under which the event was accepted. */
  readonly of: string;
  /** Its usage events that Metronome has taken, which must not be sent again. */
  readonly delivered: readonly DeliveredUsage[];
  /** Of this replay, whatever messages carry it: one put back from the dead letters has another SQS id. */
  readonly id?: string | undefined;
  /** Names of mappings that made something of it, none of which was delivered: none of these is a delivered one renamed. */
  readonly undelivered?: readonly string[] | undefined;
  /** A person has said that no mapping of today is a delivered one under another name. */
  readonly nothingRenamed?: true | undefined;
}

export interface DeliveredUsage {
  readonly mapping: string;
  readonly transactionId: string;
}

/** Names of the message attributes. */
export const ACCEPTED_AT = 'acceptedAt';
export const ENCODING = 'encoding';
export const REPLAY_OF = 'replayOf';
/** JSON: an array of DeliveredUsage. */
export const DELIVERED = 'delivered';
/** JSON: an array of names. */
export const UNDELIVERED = 'undelivered';
export const REPLAY_ID = 'replayId';
export const NOTHING_RENAMED = 'nothingRenamed';

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

/** An attribute as SQS takes it. */
export interface StringAttribute {
  readonly DataType: 'String';
  readonly StringValue: string;
}

/** The message's attributes by name; those that would say nothing are left out. */
export function messageAttributes({ acceptedAt, encoding, replay }: QueueMessage): Readonly<Record<string, StringAttribute>> {
  const attributes: Record<string, StringAttribute> = { [ACCEPTED_AT]: stringAttribute(acceptedAt) };
  if (encoding !== 'text') attributes[ENCODING] = stringAttribute(encoding);
  if (replay === undefined) return attributes;
  attributes[REPLAY_OF] = stringAttribute(replay.of);
  if (replay.delivered.length > 0) attributes[DELIVERED] = stringAttribute(inSqsCharacters(JSON.stringify(replay.delivered)));
  if (replay.undelivered !== undefined) attributes[UNDELIVERED] = stringAttribute(inSqsCharacters(JSON.stringify(replay.undelivered)));
  if (replay.id !== undefined) attributes[REPLAY_ID] = stringAttribute(replay.id);
  if (replay.nothingRenamed === true) attributes[NOTHING_RENAMED] = stringAttribute(String(true));
  return attributes;
}

/** What the message weighs against {@link SQS_MAX_BYTES}: body plus attribute names, types and values, in bytes. */
export function messageBytes(message: QueueMessage): number {
  let bytes = Buffer.byteLength(message.body);
  for (const [name, { DataType, StringValue }] of Object.entries(messageAttributes(message))) {
    bytes += name.length + DataType.length + Buffer.byteLength(StringValue);
  }
  return bytes;
}

function stringAttribute(StringValue: string): StringAttribute {
  return { DataType: 'String', StringValue };
}

/** JSON escapes all that SQS refuses but these two. */
function inSqsCharacters(json: string): string {
  return json.replaceAll('\ufffe', '\\ufffe').replaceAll('\uffff', '\\uffff');
}

/** True if the event can't be stored as one message, whatever the encoding it needs. */
export function isTooLargeForMessage(bytes: Buffer): boolean {
  // Base64 grows by a third: below half the limit either way fits, and nothing needs to be decoded.
  if (bytes.length * 2 < SQS_MAX_BYTES) return false;
  if (bytes.length > SQS_MAX_BYTES) return true;
  return messageBytes(toMessage(bytes, new Date(0).toISOString())) > SQS_MAX_BYTES;
}
