import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import { pause } from './pause.ts';
import type { Report } from '../problem.ts';
import { sqsRecord } from './sqs-record.ts';

const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 10_000;
/** Between two polls that bring nothing, so that a queue which never waits can't spin a worker. */
const EMPTY_PAUSE_MS = 20;

export interface ReceiverOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly report: Report;
  /** Ends polls and pauses at once. */
  readonly stopping: AbortSignal;
}

export interface ReceiveRequest {
  /** 1 or more. Over ten take several calls at once. */
  readonly maxMessages: number;
  /** How long the queue may wait for a first message, in whole seconds. */
  readonly waitSeconds: number;
  /** The longest pause after a failure, in milliseconds. */
  readonly maxPauseMs: number;
}

export type Receive = (request: ReceiveRequest) => Promise<readonly SQSRecord[]>;

/**
 * Makes what all workers of one event source receive with. A queue that can't be reached brings nothing: that is reported
 * once until it answers again, and waits longer each time, up to 10 s.
 */
export function makeReceive({ sqs, queueUrl, queueArn, report, stopping }: ReceiverOptions): Receive {
  let failures = 0;

  const receiveOnce = async (maxMessages: number, waitSeconds: number): Promise<readonly SQSRecord[]> => {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: maxMessages,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    try {
      const { Messages = [] } = await sqs.send(command, { abortSignal: stopping });
      failures = 0;
      return Messages.map((message) => sqsRecord(message, queueArn));
    } catch (cause) {
      if (stopping.aborted) return [];
      failures += 1;
      if (failures === 1) report({ at: 'event-source', message: `Can't receive from ${queueUrl}; trying on.`, cause });
      return [];
    }
  };

  return async ({ maxMessages, waitSeconds, maxPauseMs }) => {
    const answers = await Promise.all(callSizes(maxMessages).map((size) => receiveOnce(size, waitSeconds)));
    const records = answers.flat();
    if (records.length === 0) {
      const backoffMs = failures === 0 ? EMPTY_PAUSE_MS : Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
      await pause(Math.min(backoffMs, maxPauseMs), stopping);
    }
    return records;
  };
}

function callSizes(maxMessages: number): readonly number[] {
  const calls = Math.ceil(maxMessages / SQS_MAX_BATCH_ENTRIES);
  return Array.from({ length: calls }, (_, call) => Math.min(SQS_MAX_BATCH_ENTRIES, maxMessages - call * SQS_MAX_BATCH_ENTRIES));
}
