import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

import { SQS_MAX_BYTES } from '../../lambda/limits.ts';
import { DELIVERED, REPLAY_OF } from '../../lambda/message.ts';

/** A letter on its way back, as SQS takes it. */
export interface OutgoingLetter {
  readonly body: string;
  readonly attributes: Record<string, MessageAttributeValue>;
  readonly receiptHandle: string | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
const MAX_ATTRIBUTES = 10;

/**
 * The letter as it is, and the id it was accepted under: it gets another one now, and would count as another event. A replay
 * says by itself what it was; and one with no room for it goes without.
 */
export function outgoingLetter({ MessageId = '', Body: body = '', MessageAttributes: attributes = {}, ReceiptHandle: receiptHandle }: Message): OutgoingLetter {
  const plain: OutgoingLetter = { body, attributes, receiptHandle };
  const isReplay = attributes[REPLAY_OF] !== undefined || attributes[DELIVERED] !== undefined;
  if (isReplay || Object.keys(attributes).length === MAX_ATTRIBUTES) return plain;
  const named: OutgoingLetter = { ...plain, attributes: { ...attributes, [REPLAY_OF]: { DataType: 'String', StringValue: MessageId } } };
  return sizeOf(named) > SQS_MAX_BYTES ? plain : named;
}

/** One request carries as much as one message may, and a letter may be of that size: then each goes alone. */
export function batchesOf(letters: readonly OutgoingLetter[]): readonly (readonly OutgoingLetter[])[] {
  const bytes = letters.reduce((sum, letter) => sum + sizeOf(letter), 0);
  return bytes <= SQS_MAX_BYTES ? [letters] : letters.map((letter) => [letter]);
}

/** As SQS counts it: body plus attribute names, types and values, in bytes. */
function sizeOf({ body, attributes }: OutgoingLetter): number {
  const sizes = Object.entries(attributes).map(([name, { DataType = '', StringValue = '', BinaryValue }]) => name.length + DataType.length + Buffer.byteLength(StringValue) + (BinaryValue?.length ?? 0));
  return sizes.reduce((sum, one) => sum + one, Buffer.byteLength(body));
}
