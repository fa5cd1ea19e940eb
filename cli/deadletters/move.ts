import { DeleteMessageBatchCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';

import { createPacer } from '../../lambda/forward/pacer.ts';
import { SQS_MAX_BYTES } from '../../lambda/limits.ts';
import type { Io } from '../io.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';
import { receiveDeadLetters } from './queue.ts';

/** Longer than sending and deleting ten letters may take, in seconds. */
const IN_HAND_SECONDS = 60;

/**
 * The same by hand: receive, send with all attributes, delete. Interrupted between the last two, a letter goes out twice,
 * under the same ids.
 * @returns how many were moved
 * @throws OperatorError if a queue can't be used
 */
export async function moveByHand(operator: Operator, rate: number, io: Io, onMoved: (moved: number) => Promise<void>): Promise<number> {
  const pacer = createPacer(rate);
  let moved = 0;
  for (;;) {
    const messages = await receiveDeadLetters(operator, IN_HAND_SECONDS);
    if (messages.length === 0) return moved;
    await sleep(pacer.book(messages.length, io.now(), Number.POSITIVE_INFINITY) ?? 0);
    for (const batch of batchesOf(messages)) moved += await moveBatch(operator, batch);
    await onMoved(moved);
  }
}

async function moveBatch({ sqs, queueUrl, deadLettersUrl, name }: Operator, batch: readonly Message[]): Promise<number> {
  try {
    const Entries = batch.map(({ Body, MessageAttributes }, index) => ({ Id: String(index), MessageBody: Body, MessageAttributes }));
    const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Successful.length === 0) throw new Error('the events queue takes none of them');
    const sent = Successful.map(({ Id }) => ({ Id, ReceiptHandle: batch[Number(Id)]?.ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: deadLettersUrl, Entries: sent }));
    return sent.length;
  } catch (error) {
    throw asOperatorError(error, `The dead letters of ${name}`, 'moved');
  }
}

/** One request carries as much as one message may, and a letter may be of that size: then each goes alone. */
function batchesOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  return bytes <= SQS_MAX_BYTES ? [messages] : messages.map((message) => [message]);
}

function sizeOf({ Body = '', MessageAttributes = {} }: Message): number {
  const attributes = Object.entries(MessageAttributes).map(([name, { DataType = '', StringValue = '', BinaryValue }]) => name.length + DataType.length + Buffer.byteLength(StringValue) + (BinaryValue?.length ?? 0));
  return attributes.reduce((sum, one) => sum + one, Buffer.byteLength(Body));
}
