/**
 * Loaded into the bridge's process with `--import`: its AWS clients fail now and then, as AWS does. The bridge itself knows
 * nothing of it.
 */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { appendFileSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { AWS_FAULTS_VARIABLE, refusedArchivePath, tokenPath } from './aws-faults.ts';
import type { AwsFaults } from './aws-faults.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

type Send = (command: unknown, options?: unknown) => Promise<unknown>;

/** How a call goes wrong: not done, done without an answer, or neither within any time. */
type Failing = 'before' | 'after' | 'never_ends';

interface Client {
  readonly prototype: object;
}

/** Puts a function before a client's `send`. */
function intercept(client: Client, through: (command: unknown, options: unknown, send: () => Promise<unknown>) => Promise<unknown>): void {
  const original: unknown = Reflect.get(client.prototype, 'send');
  if (typeof original !== 'function') throw new TypeError('the client has no send');
  const wrapped = function send(this: object, command: unknown, options?: unknown): Promise<unknown> {
    const really: Send = (...given) => Reflect.apply(original, this, given);
    return through(command, options, () => really(command, options));
  };
  Reflect.set(client.prototype, 'send', wrapped);
}

class Throttled extends Error {
  override readonly name = 'SlowDown';
}

async function fail(failing: Failing, options: unknown, send: () => Promise<unknown>): Promise<never> {
  if (failing === 'after') await send();
  if (failing === 'never_ends') await aborted(options);
  throw new Throttled('a fault of the chaos run');
}

function aborted(options: unknown): Promise<void> {
  const signal = typeof options === 'object' && options !== null && 'abortSignal' in options ? options.abortSignal : undefined;
  if (!(signal instanceof AbortSignal) || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Calm for a while, then a storm in which most calls fail. */
function createWeather(random: Random): () => Failing | undefined {
  let isStorm = false;
  let left = random.integer(5, 30);
  return () => {
    left -= 1;
    if (left < 0) {
      isStorm = !isStorm;
      left = isStorm ? random.integer(1, 25) : random.integer(10, 60);
    }
    if (!random.chance(isStorm ? 0.8 : 0.01)) return undefined;
    return random.pick(['before', 'before', 'before', 'after', 'after', 'never_ends']);
  };
}

function faultsFrom(environment: NodeJS.ProcessEnv): AwsFaults {
  const text = environment[AWS_FAULTS_VARIABLE];
  if (text === undefined) throw new Error(`${AWS_FAULTS_VARIABLE} is not set`);
  return JSON.parse(text) as AwsFaults;
}

const { seed, start, folder, isCalm } = faultsFrom(process.env);
const weather = (purpose: string): (() => Failing | undefined) => isCalm ? () => undefined : createWeather(createRandom(seed, `${purpose} ${start}`));

const bucketWeather = weather('bucket');
intercept(S3Client, (command, options, send) => {
  const failing = command instanceof PutObjectCommand ? bucketWeather() : undefined;
  if (failing === undefined) return send();
  if (failing !== 'after' && command instanceof PutObjectCommand) rememberRefused(command);
  return fail(failing, options, send);
});

const queueWeathers = [
  { type: SendMessageBatchCommand, weather: weather('send') },
  { type: DeleteMessageBatchCommand, weather: weather('delete') },
  { type: ChangeMessageVisibilityBatchCommand, weather: weather('hide') },
];
let isReceiving = false;
intercept(SQSClient, (command, options, send) => {
  // What comes before the first poll is the local run setting up its own queue.
  isReceiving ||= command instanceof ReceiveMessageCommand;
  const failing = isReceiving ? queueWeathers.find(({ type }) => command instanceof type)?.weather() : undefined;
  return failing === undefined || failing === 'never_ends' ? send() : fail(failing, options, send);
});

intercept(SecretsManagerClient, (command, _, send) => {
  if (!(command instanceof GetSecretValueCommand) || command.input.SecretId !== 'metronome-token') return send();
  return Promise.resolve({ SecretString: readFileSync(tokenPath(folder), 'utf8'), CreatedDate: new Date() });
});

/** Delivered events may lack their line in the ledger then, and only then. */
function rememberRefused({ input: { Key = '', Body } }: PutObjectCommand): void {
  if (Key.startsWith('archive/') && Body instanceof Uint8Array) appendFileSync(refusedArchivePath(folder), gunzipSync(Body));
}
