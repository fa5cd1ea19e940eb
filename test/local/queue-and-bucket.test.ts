import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

import { startQueueAndBucket } from '../../local/queue-and-bucket.ts';
import type { QueueAndBucket } from '../../local/queue-and-bucket.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const SETTINGS = { visibilityTimeoutSeconds: 600, maxReceiveCount: 2 };

let folder: ReturnType<typeof temporaryFolder>;
let queue: QueueAndBucket | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  await queue?.stop();
  queue = undefined;
  folder.remove();
});

async function start(): Promise<QueueAndBucket> {
  await queue?.stop();
  queue = await startQueueAndBucket(folder.path, 'key', SETTINGS);
  return queue;
}

const send = ({ sqs, queueUrl }: QueueAndBucket, MessageBody: string): Promise<unknown> => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));

async function receive({ sqs, queueUrl }: QueueAndBucket): Promise<string[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 3 }));
  return Messages.map(({ Body = '' }) => Body);
}

describe('startQueueAndBucket', () => {
  it('keeps messages over a restart', async () => {
    const first = await start();
    await send(first, 'one');
    await send(first, 'two');

    const second = await start();

    expect(await second.counts()).toEqual({ visible: 2, inFlight: 0, deadLetters: 0 });
    expect((await receive(second)).toSorted()).toEqual(['one', 'two']);
  });

  it('frees what the process before had in hand, without waiting for its visibility timeout', async () => {
    const first = await start();
    await send(first, 'one');
    expect(await receive(first)).toEqual(['one']);

    const second = await start();

    expect(await receive(second)).toEqual(['one']);
    expect(await second.counts()).toEqual({ visible: 0, inFlight: 1, deadLetters: 0 });
  });

  it('moves a message to the dead letters after its last receive', async () => {
    const first = await start();
    await send(first, 'poison');
    await receive(first);
    await receive(await start());

    const third = await start();

    expect(await receive(third)).toEqual([]);
    expect(await third.counts()).toEqual({ visible: 0, inFlight: 0, deadLetters: 1 });
  });

  it('can be reached from this machine alone', async () => {
    const { endpoint } = await start();
    const { port } = new URL(endpoint);
    const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).filter(({ internal, family }) => !internal && family === 'IPv4');

    // 127.0.0.2 is this machine, too, but not the address it listens on: it stands for any other one.
    for (const host of ['127.0.0.2', ...outside.map(({ address }) => address)]) expect(await canConnect(host, Number(port))).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['no credential', {}],
    ['another key', { authorization: 'AWS4-HMAC-SHA256 Credential=other/20260101/us-east-1/sqs/aws4_request' }],
    ['a form, as a web page can post one', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('answers its own clients alone, not a request with %s', async (_, headers) => {
    const { endpoint } = await start();

    const answers = await Promise.all(['/', '/_fauxqs/queues/events', '/ledger?list-type=2', '/health'].map((path) => fetch(`${endpoint}${path}`, { method: 'POST', headers, body: 'Action=CreateTopic' })));

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('names a folder whose queue can\'t be read', async () => {
    writeFileSync(join(folder.path, 'fauxqs.db'), 'rubbish, and enough of it to look like a database header');

    await expect(startQueueAndBucket(folder.path, 'key', SETTINGS)).rejects.toThrow(/queue can't be read \(.*\)\. Move the folder away/);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 1_000 });
    const settle = (connected: boolean): void => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
