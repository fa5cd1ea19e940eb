import { describe, expect, it } from '@jest/globals';
import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';

import { letterOf } from '../../../cli/deadletters/letter.ts';
import { redrive } from '../../../cli/deadletters/redrive.ts';
import { NOW, DAY_MS } from '../../lambda/forward/factories.ts';
import { operatorWith } from './queue-double.ts';

const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

describe('redrive', () => {
  it('has SQS move the letters, and waits until they are', async () => {
    const moved: number[] = [];
    const told: string[] = [];
    const results = [{ TaskHandle: 'task', Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 3 }, { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 7 }];
    const asked: unknown[] = [];
    const operator = operatorWith(async (command) => {
      if (command instanceof StartMessageMoveTaskCommand) asked.push(command.input);
      return command instanceof ListMessageMoveTasksCommand ? { Results: results.splice(0, 1) } : { TaskHandle: 'task' };
    });

    expect(await redrive(operator, 'arn', 9_999, async (count) => void moved.push(count), async (stop) => void told.push(stop))).toBe(7);
    expect(told).toEqual(['aws sqs cancel-message-move-task --task-handle task']);
    expect(moved).toEqual([3, 7]);
    expect(asked).toEqual([{ SourceArn: 'arn', MaxNumberOfMessagesPerSecond: 500 }]);
  });

  it.each([named('InvalidAction', 'The action StartMessageMoveTask is not valid'), named('UnsupportedOperation'), named('AWS.SimpleQueueService.UnsupportedOperation')])('leaves it to others where SQS does not know how: %s', async (error) => {
    expect(await redrive(operatorWith(() => Promise.reject(error)), 'arn', 1, async () => undefined, async () => undefined)).toBeUndefined();
  });

  it('starts no second way beside a move that is under way', async () => {
    const busy = named('AWS.SimpleQueueService.UnsupportedOperation', 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.');

    await expect(redrive(operatorWith(() => Promise.reject(busy)), 'arn', 1, async () => undefined, async () => undefined)).rejects.toThrow('SQS is already moving the dead letters of the stack Test: wait until it is done');
  });

  it('says that it failed, and why', async () => {
    const operator = operatorWith(async (command) => (command instanceof ListMessageMoveTasksCommand ? { Results: [{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }] } : { TaskHandle: 'task' }));

    await expect(redrive(operator, 'arn', 1, async () => undefined, async () => undefined)).rejects.toThrow('CouldNotDetermineMessageSource');
  });
});

describe('letterOf', () => {
  const message = (body: string, days: number): Message => ({
    MessageId: 'sqs-1',
    Body: body,
    Attributes: { SentTimestamp: String(NOW - days * DAY_MS), ApproximateReceiveCount: '301' },
    MessageAttributes: { acceptedAt: { DataType: 'String', StringValue: '2026-05-30T12:00:00.000Z' } },
  });

  it.each<[string, number, string | undefined, number]>([
    ['{"messageId":"m1"}', 2, 'm1', 12],
    ['{"messageId":"m1"}', 13.95, 'm1', 0],
    ['not JSON', 0, undefined, 14],
    ['', 20, undefined, 0],
  ])('of %j, %d days old', (body, days, messageId, daysLeft) => {
    expect(letterOf(message(body, days), 14 * 24 * 3_600, NOW)).toEqual({ sqsMessageId: 'sqs-1', messageId, acceptedAt: '2026-05-30T12:00:00.000Z', receives: 301, daysLeft });
  });
});
