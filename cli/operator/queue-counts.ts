import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import { asOperatorError } from './aws-problem.ts';
import type { Operator } from './operator.ts';

/** How many messages the queues hold. On AWS these counts are approximate, and late by up to a minute. */
export interface QueueCounts {
  /** Visible, in flight or put off. */
  readonly waiting: number;
  readonly deadLetters: number;
}

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;

/** @throws OperatorError if a queue can't be asked */
export async function queueCounts({ sqs, queueUrl, deadLettersUrl }: Pick<Operator, 'sqs' | 'queueUrl' | 'deadLettersUrl'>): Promise<QueueCounts> {
  const [waiting, deadLetters] = await Promise.all([messagesIn(sqs, queueUrl), messagesIn(sqs, deadLettersUrl)]);
  return { waiting, deadLetters };
}

async function messagesIn(sqs: Operator['sqs'], queueUrl: string): Promise<number> {
  try {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...COUNTS] }));
    return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  } catch (error) {
    throw asOperatorError(error, `The queue ${queueUrl}`);
  }
}
