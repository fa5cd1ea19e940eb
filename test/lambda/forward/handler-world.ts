import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { useLocalAws } from '../../../local/aws-environment.ts';
import { startEmulator } from '../../../local/emulator.ts';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { sqsRecord } from '../../../local/event-source/sqs-record.ts';
import { startMetronomeStandIn } from '../../helpers/metronome-stand-in.ts';
import type { Decide, MetronomeStandIn } from '../../helpers/metronome-stand-in.ts';

const REGION = 'us-east-1';
const QUEUE = 'events';
const VISIBILITY_SECONDS = 360;
const BUCKET = 'ledger';
export const TOKEN_SECRET = 'metronome-token';

export interface HandlerWorld {
  readonly metronome: MetronomeStandIn;
  /** What the stack sets, pointed at this world; MAPPINGS_PATH is for each test to set. */
  readonly environment: NodeJS.ProcessEnv;
  /** A folder that is gone with the world. */
  readonly folder: string;
  rotateToken(token: string): void;
  /** Puts the bodies in the queue and takes them out again, as the event source would hand them over. */
  receive(bodies: readonly string[]): Promise<readonly SQSRecord[]>;
  /** How long each message in hand is still hidden, in seconds, by its id. */
  hiddenSeconds(): ReadonlyMap<string, number>;
  ledgerLines(prefix: 'archive' | 'quarantine'): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

const ACCESS_KEY_ID = 'test';

/** SQS, S3, Secrets Manager and Metronome on this machine, and every AWS client of this process pointed at them. */
export async function startHandlerWorld(decide?: Decide, token?: string): Promise<HandlerWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'forward-'));
  const aws = await startEmulator({ folder, region: REGION, accessKeyId: ACCESS_KEY_ID });
  const secrets = await startSecretsManager({ secrets: { [TOKEN_SECRET]: { value: token, createdAt: new Date() } }, accessKeyId: ACCESS_KEY_ID });
  const metronome = await startMetronomeStandIn(decide);
  const endpoint = `http://127.0.0.1:${aws.port}`;
  useLocalAws(process.env, { queueAndBucket: endpoint, secretsManager: secrets.url, region: REGION, accessKeyId: ACCESS_KEY_ID });
  const { queueArn } = aws.createQueue(QUEUE, { attributes: { VisibilityTimeout: String(VISIBILITY_SECONDS) } });
  aws.createBucket(BUCKET);
  const queueUrl = `${endpoint}/000000000000/${QUEUE}`;
  const sqs = new SQSClient({});
  const s3 = new S3Client({});

  return {
    metronome,
    folder,
    environment: {
      QUEUE_URL: queueUrl,
      METRONOME_TOKEN_SECRET_ARN: TOKEN_SECRET,
      METRONOME_BASE_URL: metronome.url,
      LEDGER_BUCKET: BUCKET,
      ARCHIVE_DAYS: '35',
      RETRY_DELAYS_MINUTES: '30,60',
      VISIBILITY_TIMEOUT_SECONDS: '360',
      METRONOME_EVENTS_PER_SECOND: '4500',
      MAX_CONCURRENCY: '5',
    },
    rotateToken: (value) => secrets.put(TOKEN_SECRET, value),
    async receive(bodies) {
      for (const body of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
      const records: SQSRecord[] = [];
      while (records.length < bodies.length) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
        );
        records.push(...Messages.map((message) => sqsRecord(message, queueArn)));
      }
      return bodies.map((body) => records.find((record) => record.body === body) ?? missing(body));
    },
    hiddenSeconds() {
      const inflight = aws.inspectQueue(QUEUE)?.messages.inflight ?? [];
      return new Map(inflight.map(({ message, visibilityDeadline }) => [message.messageId, (visibilityDeadline - Date.now()) / 1000]));
    },
    async ledgerLines(prefix) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${prefix}/` }));
      const objects = await Promise.all(Contents.map(({ Key }) => s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))));
      const texts = await Promise.all(objects.map(async ({ Body }) => gunzipSync((await Body?.transformToByteArray()) ?? Buffer.alloc(0)).toString()));
      return texts.flatMap((text) => text.trimEnd().split('\n')).map((line): Readonly<Record<string, unknown>> => JSON.parse(line));
    },
    async stop() {
      sqs.destroy();
      s3.destroy();
      await metronome.stop();
      await secrets.stop();
      await aws.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function missing(body: string): never {
  throw new TypeError(`the queue lost ${body}`);
}
