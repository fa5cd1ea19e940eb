import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';

import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';

/** The most that SQS moves a second: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const MAX_PER_SECOND = 500;
const POLL_MS = 2_000;
const UNKNOWN_ACTION = /InvalidAction|UnknownOperation|UnsupportedOperation|NotImplemented|UnknownAction/i;

/**
 * SQS's own way: it moves the letters by itself, also after this command has ended.
 * @param onMoved told how many have been moved so far
 * @returns how many were moved; undefined if this SQS can't do it
 * @throws OperatorError if it fails
 */
export async function redrive({ sqs, name }: Operator, arn: string, rate: number, onMoved: (moved: number) => Promise<void>): Promise<number | undefined> {
  try {
    const MaxNumberOfMessagesPerSecond = Math.min(MAX_PER_SECOND, Math.floor(rate));
    const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn, MaxNumberOfMessagesPerSecond }));
    for (;;) {
      const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 10 }));
      // A task's handle is only told while it runs; the latest one is the first.
      const task = Results.find((one) => one.TaskHandle !== undefined && one.TaskHandle === TaskHandle) ?? Results[0];
      const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
      await onMoved(moved);
      if (task?.Status === 'COMPLETED') return moved;
      if (task?.Status !== 'RUNNING') throw new Error(`the move has ended as ${task?.Status ?? 'unknown'}: ${task?.FailureReason ?? 'no reason given'}`);
      await sleep(POLL_MS);
    }
  } catch (error) {
    if (error instanceof Error && (UNKNOWN_ACTION.test(error.name) || UNKNOWN_ACTION.test(error.message))) return undefined;
    throw asOperatorError(error, `The dead letters of ${name}`);
  }
}
