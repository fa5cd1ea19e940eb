import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';

import { asOperatorError } from '../operator/aws-problem.ts';
import { OperatorError } from '../operator/operator-error.ts';
import type { Operator } from '../operator/operator.ts';

/** The most that SQS moves a second: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const MAX_PER_SECOND = 500;
const POLL_MS = 2_000;
/** SQS moves one queue's letters in one task at a time, and says so with the name of an action it doesn't know. */
const ALREADY_MOVING = /already a task|active task/i;
const UNKNOWN_ACTION = /InvalidAction|UnknownOperation|UnsupportedOperation|NotImplemented|UnknownAction/i;

/**
 * SQS's own way: it moves the letters by itself, also after this command has ended.
 * @param onMoved told how many have been moved so far
 * @param onStarted told once how to stop it, which ending this command doesn't
 * @returns how many were moved; undefined if this SQS can't do it
 * @throws OperatorError if it fails
 */
export async function redrive(operator: Operator, arn: string, rate: number, onMoved: OnMoved, onStarted: (stopCommand: string) => Promise<void>): Promise<number | undefined> {
  try {
    const MaxNumberOfMessagesPerSecond = Math.min(MAX_PER_SECOND, Math.floor(rate));
    const { TaskHandle } = await operator.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn, MaxNumberOfMessagesPerSecond }));
    await onStarted(`aws sqs cancel-message-move-task --task-handle ${TaskHandle}`);
    return await ended(operator, arn, TaskHandle, onMoved);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (ALREADY_MOVING.test(error.message)) {
      throw new OperatorError(`SQS is already moving the dead letters of ${operator.name}: wait until it is done, then look with: npm run bridge -- deadletters list`, { cause: error });
    }
    if (UNKNOWN_ACTION.test(error.name) || UNKNOWN_ACTION.test(error.message)) return undefined;
    throw asOperatorError(error, `The dead letters of ${operator.name}`, 'moved');
  }
}

type OnMoved = (moved: number) => Promise<void>;

async function ended({ sqs }: Operator, arn: string, taskHandle: string | undefined, onMoved: OnMoved): Promise<number> {
  for (;;) {
    const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 10 }));
    // A task's handle is only told while it runs; the latest one is the first.
    const task = Results.find((one) => one.TaskHandle !== undefined && one.TaskHandle === taskHandle) ?? Results[0];
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    await onMoved(moved);
    if (task?.Status === 'COMPLETED') return moved;
    if (task?.Status !== 'RUNNING') throw new Error(`the move has ended as ${task?.Status ?? 'unknown'}: ${task?.FailureReason ?? 'no reason given'}`);
    await sleep(POLL_MS);
  }
}
