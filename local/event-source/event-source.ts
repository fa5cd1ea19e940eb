import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { batchOutcome } from './batch-outcome.ts';
import { deleteMessages } from './delete-messages.ts';
import { invokeWithin } from '../function/invocation.ts';
import { lambdaContext } from '../function/lambda-context.ts';
import type { Report } from '../problem.ts';
import { makeReceive } from './receive.ts';
import { receiveBatch } from './receive-batch.ts';

export interface EventSourceOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly maxConcurrency: number;
  readonly functionTimeoutSeconds: number;
  readonly functionName: string;
  readonly invoke: (event: SQSEvent, context: Context) => Promise<unknown>;
  readonly report: Report;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

export interface EventSource {
  /** Whether no worker holds a message: none is gathered, in the function, or being deleted. */
  readonly idle: boolean;
  /**
   * Stops receiving, hands over at once what was already received, and settles when the last invocation has. Stop what
   * fills the queue first: a poll that is cut off may have taken a message, which then comes back only when its
   * visibility ends.
   */
  stop(): Promise<void>;
}

/**
 * Feeds a function from a queue by the rules of Lambda's SQS event source with ReportBatchItemFailures
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html). Successes are deleted; failures stay
 * untouched until their visibility ends. Only the scaling of pollers is left out: `maxConcurrency` workers always poll.
 */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { now = Date.now } = options;
  const stopper = new AbortController();
  const stopping = stopper.signal;
  const receive = makeReceive({ ...options, stopping });
  let held = 0;
  const onReceived = (count: number): void => {
    held += count;
  };

  const work = async (): Promise<void> => {
    let carried: readonly SQSRecord[] = [];
    while (!stopping.aborted || carried.length > 0) {
      const batch = await receiveBatch({ ...options, receive, stopping, now, onReceived }, carried);
      carried = batch.left;
      if (batch.records.length === 0) continue;
      await handOver(options, batch.records, now);
      held -= batch.records.length;
    }
  };

  const workers = Promise.all(Array.from({ length: options.maxConcurrency }, work));
  return {
    get idle() {
      return held === 0;
    },
    async stop() {
      stopper.abort();
      await workers;
    },
  };
}

/** Invokes the function with one batch, and deletes what it proved done. */
async function handOver(options: EventSourceOptions, records: readonly SQSRecord[], now: () => number): Promise<void> {
  const { sqs, queueUrl, functionName, functionTimeoutSeconds: timeoutSeconds, invoke, report } = options;
  const messageIds = records.map(({ messageId }) => messageId);
  const context = lambdaContext({ functionName, timeoutSeconds, now });

  const invocation = await invokeWithin(timeoutSeconds, () => invoke({ Records: [...records] }, context));
  const outcome = batchOutcome(invocation, messageIds);
  if (outcome.problem !== undefined) {
    const cause = invocation.kind === 'threw' ? invocation.error : undefined;
    report({ at: 'event-source', message: `${functionName}: ${outcome.problem} All ${records.length} message(s) stay in the queue.`, cause });
  }

  const done = new Set(outcome.delete);
  const undeleted = await deleteMessages(sqs, queueUrl, records.filter(({ messageId }) => done.has(messageId)));
  if (undeleted.records.length === 0) return;
  const ids = undeleted.records.map(({ messageId }) => messageId).join(', ');
  report({ at: 'event-source', message: `${functionName}: handled, but not deleted, so they come back: ${ids}.`, cause: undeleted.cause });
}
