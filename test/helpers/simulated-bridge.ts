import { jest } from '@jest/globals';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createForwardHandler } from '../../lambda/forward/handler.ts';
import type { ForwardHandler } from '../../lambda/forward/handler.ts';
import { lambdaContext } from '../../local/function/lambda-context.ts';
import { sqsRecord } from '../../local/event-source/sqs-record.ts';
import { DEFAULT_MAPPING } from '../lambda/forward/factories.ts';
import { startHandlerWorld } from '../lambda/forward/handler-world.ts';
import type { HandlerWorld } from '../lambda/forward/handler-world.ts';
import type { Decide } from './metronome-stand-in.ts';
import { recordingTelemetry } from './telemetry.ts';

/** The forward function over real SQS, S3 and HTTP on this machine, on a clock that only the test moves. */
export interface SimulatedBridge extends Pick<HandlerWorld, 'metronome' | 'ledgerLines'> {
  put(bodies: readonly string[]): Promise<void>;
  /** Hands out all that is visible now, in batches, and deletes what the function answers for. */
  poll(): Promise<void>;
  /** Moves the clock on. */
  pass(minutes: number): void;
  /** From now on another container runs the function: whatever the old one remembered is gone. */
  renewContainer(): void;
  waiting(): number;
  stop(): Promise<void>;
}

export interface SimulatedBridgeOptions {
  readonly decide: Decide;
  /** As the function's environment has them. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly batchSize?: number;
}

const TIMEOUT_SECONDS = 60;
const START = Date.parse('2026-06-01T12:00:00.000Z');
/** All of Jest's fakes but the date: servers and requests are real. */
const REAL_TIMERS = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;
/** The pacer waits by a clock that stands still here. */
const NO_PACE = { METRONOME_EVENTS_PER_SECOND: '1000000000' };
const MAPPINGS = { mappings: [{ name: 'track', trigger: 'type = "track"', mapping: DEFAULT_MAPPING }] };

export async function startSimulatedBridge({ decide, environment, batchSize = 1_000 }: SimulatedBridgeOptions): Promise<SimulatedBridge> {
  jest.useFakeTimers({ now: START, doNotFake: [...REAL_TIMERS] });
  const world = await startHandlerWorld(decide, 'token');
  const mappingsPath = join(world.folder, 'mappings.json');
  writeFileSync(mappingsPath, JSON.stringify(MAPPINGS));
  const sqs = new SQSClient({});
  const QueueUrl = world.environment['QUEUE_URL'];
  const inQueue = new Set<string>();
  const newContainer = (): ForwardHandler => createForwardHandler({ environment: { ...world.environment, ...NO_PACE, MAPPINGS_PATH: mappingsPath, ...environment }, telemetry: recordingTelemetry() });
  let handler = newContainer();

  async function receiveBatch(): Promise<readonly SQSRecord[]> {
    const records: SQSRecord[] = [];
    while (records.length < batchSize) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: Math.min(10, batchSize - records.length), MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }));
      if (Messages.length === 0) break;
      records.push(...Messages.map((message) => sqsRecord(message, 'arn:aws:sqs:us-east-1:000000000000:events')));
    }
    return records;
  }

  return {
    metronome: world.metronome,
    ledgerLines: world.ledgerLines,
    async put(bodies) {
      for (const MessageBody of bodies) inQueue.add(String((await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))).MessageId));
    },
    async poll() {
      for (let batch = await receiveBatch(); batch.length > 0; batch = await receiveBatch()) {
        const { batchItemFailures } = await handler({ Records: [...batch] }, lambdaContext({ functionName: 'forward', timeoutSeconds: TIMEOUT_SECONDS }));
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const { messageId, receiptHandle } of batch.filter((record) => !failed.has(record.messageId))) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle }));
          inQueue.delete(messageId);
        }
      }
    },
    pass: (minutes) => void jest.setSystemTime(Date.now() + minutes * 60_000),
    renewContainer: () => {
      handler = newContainer();
    },
    waiting: () => inQueue.size,
    async stop() {
      sqs.destroy();
      await world.stop();
      jest.useRealTimers();
    },
  };
}
