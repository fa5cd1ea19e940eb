import { DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Message, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';

import type { Operator } from '../../../cli/operator/operator.ts';

/** Dead letters in memory, of an SQS that has no move of its own. */
export interface QueueDouble {
  readonly operator: Operator;
  /** What was put into the events queue. */
  readonly sent: readonly SendMessageBatchRequestEntry[];
  /** What is left of the letters. */
  readonly letters: readonly Message[];
}

interface Behaviour {
  /** So many letters are in somebody else's hands. */
  readonly inHand?: number;
  /** Throws instead of taking the request of this number, from 0. */
  readonly failsAt?: number;
}

export function queueDouble(messages: readonly Message[], { inHand = 0, failsAt }: Behaviour = {}): QueueDouble {
  const letters = messages.map((message, index) => ({ ...message, ReceiptHandle: String(index) }));
  const sent: SendMessageBatchRequestEntry[] = [];
  const given = new Set<string>();
  let requests = 0;

  function receive(): readonly Message[] {
    const next = letters.filter(({ ReceiptHandle }) => !given.has(ReceiptHandle)).slice(0, 10);
    for (const { ReceiptHandle } of next) given.add(ReceiptHandle);
    return next;
  }

  function take(entries: readonly SendMessageBatchRequestEntry[]): object {
    if (requests === failsAt) throw new Error('connect ECONNREFUSED');
    requests += 1;
    sent.push(...entries);
    return { Successful: entries.map(({ Id }) => ({ Id })) };
  }

  function remove(handles: readonly (string | undefined)[]): void {
    for (const handle of handles) letters.splice(letters.findIndex(({ ReceiptHandle }) => ReceiptHandle === handle), 1);
  }

  async function send(command: unknown): Promise<unknown> {
    if (command instanceof StartMessageMoveTaskCommand) throw Object.assign(new Error('no such action'), { name: 'InvalidAction' });
    if (command instanceof GetQueueAttributesCommand) return { Attributes: { QueueArn: 'arn', ApproximateNumberOfMessages: String(letters.length), ApproximateNumberOfMessagesNotVisible: String(inHand) } };
    if (command instanceof ReceiveMessageCommand) return { Messages: receive() };
    if (command instanceof SendMessageBatchCommand) return take(command.input.Entries ?? []);
    if (command instanceof DeleteMessageBatchCommand) remove((command.input.Entries ?? []).map(({ ReceiptHandle }) => ReceiptHandle));
    return {};
  }

  return { sent, letters, operator: operatorWith(send) };
}

/** An operator whose clients answer with what this function gives. */
export function operatorWith(send: (command: unknown) => Promise<unknown>): Operator {
  return { name: 'the stack Test', sqs: { send: send as Operator['sqs']['send'] }, s3: { send: send as Operator['s3']['send'] }, bucket: '', queueUrl: '', deadLettersUrl: '', mappingsPath: '', localUrl: undefined, close: () => undefined };
}
