import { DeleteMessageBatchCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';

import { createPacer } from '../../lambda/forward/pacer.ts';
import type { Io } from '../io.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';
import { batchesOf, outgoingLetter } from './outgoing.ts';
import type { OutgoingLetter } from './outgoing.ts';
import { receiveDeadLetters } from './queue.ts';

/** Longer than sending and deleting ten letters may take, in seconds. */
const IN_HAND_SECONDS = 60;

/**
 * The same by hand: receive, send with all attributes, delete. Interrupted between the last two, a letter goes out twice,
 * under the same ids.
 * @param onMoved told after each request how many have been moved so far
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
    for (const batch of batchesOf(messages.map(outgoingLetter))) {
      moved += await moveBatch(operator, batch);
      await onMoved(moved);
    }
  }
}

async function moveBatch({ sqs, queueUrl, deadLettersUrl, name }: Operator, batch: readonly OutgoingLetter[]): Promise<number> {
  try {
    const Entries = batch.map(({ body, attributes }, index) => ({ Id: String(index), MessageBody: body, MessageAttributes: attributes }));
    const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Successful.length === 0) throw new Error('the events queue takes none of them');
    const sent = Successful.map(({ Id }) => ({ Id, ReceiptHandle: batch[Number(Id)]?.receiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: deadLettersUrl, Entries: sent }));
    return sent.length;
  } catch (error) {
    throw asOperatorError(error, `The dead letters of ${name}`, 'moved');
  }
}
