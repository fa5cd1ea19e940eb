import { ChangeMessageVisibilityBatchCommand, GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';

import { chunks } from '../lambda/chunks.ts';
import { messageOf } from '../lambda/error-text.ts';
import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_RETENTION_DAYS } from '../lambda/limits.ts';
import { startEmulator } from './emulator.ts';
import { LocalRunError } from './local-error.ts';

export const REGION = 'us-east-1';
const ACCOUNT = '000000000000';
const EVENTS = 'events';
const DEAD_LETTERS = 'dead-letters';
const BUCKET = 'ledger';
const DAY_SECONDS = 24 * 60 * 60;

export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
}

/** SQS and S3 on this machine, kept in a folder. */
export interface QueueAndBucket {
  /** Serves both APIs; loopback only. */
  readonly endpoint: string;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLettersUrl: string;
  readonly bucket: string;
  counts(): Promise<{ visible: number; inFlight: number; deadLetters: number }>;
  stop(): Promise<void>;
}

/**
 * Starts the emulator on what the folder holds. A message that a killed process had in hand is free again at once: its
 * holder is dead, and nobody need wait for its visibility timeout.
 * @param accessKeyId the only one whose requests are answered
 * @throws LocalRunError if the folder can't be used
 */
export async function startQueueAndBucket(folder: string, accessKeyId: string, settings: QueueSettings): Promise<QueueAndBucket> {
  const server = await start(folder, accessKeyId);
  const endpoint = `http://127.0.0.1:${server.port}`;
  const sqs = new SQSClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey: 'local' } });
  const queueUrl = urlOf(endpoint, EVENTS);
  const deadLettersUrl = urlOf(endpoint, DEAD_LETTERS);

  await makeQueue(server, sqs, endpoint, DEAD_LETTERS, { MessageRetentionPeriod: String(SQS_MAX_RETENTION_DAYS * DAY_SECONDS) });
  await makeQueue(server, sqs, endpoint, EVENTS, {
    MessageRetentionPeriod: String(SQS_MAX_RETENTION_DAYS * DAY_SECONDS),
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(DEAD_LETTERS), maxReceiveCount: settings.maxReceiveCount }),
  });
  server.createBucket(BUCKET);
  await freeMessagesInHand(server, sqs, queueUrl);

  return {
    endpoint,
    sqs,
    queueUrl,
    queueArn: arnOf(EVENTS),
    deadLettersUrl,
    bucket: BUCKET,
    async counts() {
      const [events, deadLetters] = await Promise.all([countsOf(sqs, queueUrl), countsOf(sqs, deadLettersUrl)]);
      return { ...events, deadLetters: deadLetters.visible + deadLetters.inFlight };
    },
    async stop() {
      sqs.destroy();
      await server.stop();
    },
  };
}

async function start(folder: string, accessKeyId: string): Promise<FauxqsServer> {
  try {
    return await startEmulator({ folder, region: REGION, accessKeyId });
  } catch (error) {
    throw new LocalRunError(`The data folder's queue can't be read (${folder}: ${messageOf(error)}). Move the folder away, or set BRIDGE_DATA to another one.`);
  }
}

/** Making a queue anew would empty it, so one that is there only takes the settings of today. */
async function makeQueue(server: FauxqsServer, sqs: SQSClient, endpoint: string, name: string, attributes: Record<string, string>): Promise<void> {
  if (server.inspectQueue(name) === undefined) server.createQueue(name, { attributes });
  else await sqs.send(new SetQueueAttributesCommand({ QueueUrl: urlOf(endpoint, name), Attributes: attributes }));
}

/** Those that wait for a back-off too, as the emulator doesn't tell them apart: a restart is a fine time for another try. */
async function freeMessagesInHand(server: FauxqsServer, sqs: SQSClient, queueUrl: string): Promise<void> {
  const inHand = server.inspectQueue(EVENTS)?.messages.inflight ?? [];
  for (const batch of chunks(inHand, SQS_MAX_BATCH_ENTRIES)) {
    // One second, as the emulator can't store a visibility of none.
    const Entries = batch.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: 1 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

async function countsOf(sqs: SQSClient, queueUrl: string): Promise<{ visible: number; inFlight: number }> {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] }));
  return {
    visible: Number(Attributes['ApproximateNumberOfMessages']),
    inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
  };
}

function urlOf(endpoint: string, name: string): string {
  return `${endpoint}/${ACCOUNT}/${name}`;
}

function arnOf(name: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
}
