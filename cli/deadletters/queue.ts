import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';

import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_RETENTION_DAYS } from '../../lambda/limits.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** The queue of dead letters as a whole. */
export interface DeadLettersQueue {
  readonly arn: string;
  /** As SQS counts them, which may lag a minute behind. */
  readonly messages: number;
  readonly retentionSeconds: number;
}

type DeadLetters = Pick<Operator, 'sqs' | 'deadLettersUrl' | 'name'>;

/** @throws OperatorError if the queue can't be asked */
export async function describeDeadLetters({ sqs, deadLettersUrl, name }: DeadLetters): Promise<DeadLettersQueue> {
  try {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: deadLettersUrl, AttributeNames: ['All'] }));
    const { QueueArn = '', ApproximateNumberOfMessages = 0, ApproximateNumberOfMessagesNotVisible = 0, MessageRetentionPeriod } = Attributes;
    return {
      arn: QueueArn,
      messages: Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible),
      retentionSeconds: Number(MessageRetentionPeriod) || SQS_MAX_RETENTION_DAYS * DAY_SECONDS,
    };
  } catch (error) {
    throw asOperatorError(error, `The dead letters of ${name}`);
  }
}

/**
 * Takes up to ten letters in hand, with all their attributes; none if there are no more within reach.
 * @param seconds how long nobody else gets them
 */
export async function receiveDeadLetters({ sqs, deadLettersUrl, name }: DeadLetters, seconds: number): Promise<readonly Message[]> {
  try {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLettersUrl,
        MaxNumberOfMessages: SQS_MAX_BATCH_ENTRIES,
        VisibilityTimeout: seconds,
        // Short polling asks only some of SQS's servers, and may find none where there are some.
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return Messages;
  } catch (error) {
    throw asOperatorError(error, `The dead letters of ${name}`);
  }
}
