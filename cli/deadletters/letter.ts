import type { Message } from '@aws-sdk/client-sqs';

import { messageIdIn } from '../../lambda/forward/route.ts';
import { ACCEPTED_AT, bytesOf, ENCODING } from '../../lambda/message.ts';

/** A dead letter, as people know it. */
export interface Letter {
  readonly sqsMessageId: string;
  /** Segment's. */
  readonly messageId: string | undefined;
  /** ISO */
  readonly acceptedAt: string | undefined;
  /** How often the queue handed it out. */
  readonly receives: number;
  /** Until SQS deletes it, rounded down to a tenth. */
  readonly daysLeft: number;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * A message moved to the dead letters keeps the age it has:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @param now epoch milliseconds
 */
export function letterOf({ MessageId = '', Body = '', Attributes = {}, MessageAttributes = {} }: Message, retentionSeconds: number, now: number): Letter {
  const encoding = MessageAttributes[ENCODING]?.StringValue === 'base64' ? 'base64' : 'text';
  const deletedAt = Number(Attributes.SentTimestamp ?? now) + retentionSeconds * 1_000;
  return {
    sqsMessageId: MessageId,
    messageId: messageIdIn(bytesOf({ body: Body, encoding }).toString('utf8')),
    acceptedAt: MessageAttributes[ACCEPTED_AT]?.StringValue,
    receives: Number(Attributes.ApproximateReceiveCount ?? 0),
    daysLeft: Math.max(0, Math.floor(((deletedAt - now) / DAY_MS) * 10) / 10),
  };
}
