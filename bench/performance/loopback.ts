import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** What arrived since it was last asked. */
export interface Arrived {
  /** To Metronome. */
  readonly requests: number;
  /** Usage events that Metronome took. */
  readonly usage: readonly unknown[];
  /** Bodies of messages that the queue took. */
  readonly messages: readonly string[];
}

/** Part of a transaction_id for which this Metronome refuses the whole request. */
export const GUILTY = 'guilty-';
/** The one secret. */
export const SECRET = 'bench-secret-0123456789';

/** A message of an SQS request, as far as it is looked at. */
interface Entry {
  readonly Id?: string;
  readonly MessageBody: string;
}

/**
 * Metronome's ingest, and what the functions ask of SQS, S3 and Secrets Manager: as little of each as answers rightly, so
 * that it isn't what is measured. It runs in a process of its own. `PUT /metronome-ms?N` sets how long Metronome takes,
 * `PUT /keep` makes it remember what comes, `GET /arrived` gives that back.
 */
export async function startLoopback(): Promise<string> {
  let answerMs = 0;
  let keeps = false;
  let arrived = { requests: 0, usage: [] as unknown[], messages: [] as string[] };

  async function metronome(body: string): Promise<Reply> {
    arrived.requests += 1;
    if (answerMs > 0) await sleep(answerMs);
    if (body.includes(GUILTY)) return { status: 400, body: '{"message":"refused"}' };
    if (keeps) for (const event of JSON.parse(body)) arrived.usage.push(event);
    return { status: 200, body: '' };
  }

  function queue(body: string): Reply {
    const request: Entry & { readonly Entries?: readonly Entry[] } = JSON.parse(body);
    if (keeps) arrived.messages.push(...(request.Entries ?? [request]).map(({ MessageBody }) => MessageBody));
    return json(request.Entries === undefined ? sent(request) : { Successful: request.Entries.map(sent), Failed: [] });
  }

  function answer({ method, url = '', headers }: IncomingMessage, body: string): Reply | Promise<Reply> {
    const target = String(headers['x-amz-target'] ?? '');
    if (url === '/v1/ingest') return metronome(body);
    if (target.startsWith('AmazonSQS.')) return queue(body);
    if (target.startsWith('secretsmanager.')) return json({ SecretString: SECRET, CreatedDate: 0 });
    if (url.startsWith('/metronome-ms?')) answerMs = Number(url.split('?')[1]);
    if (url === '/keep') keeps = true;
    if (url !== '/arrived' || method !== 'GET') return { status: 200, body: '' };
    const reply = json(arrived);
    arrived = { requests: 0, usage: [], messages: [] };
    keeps = false;
    return reply;
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await answer(request, await text(request));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }

  const server = createServer((request, response) => void respond(request, response).catch(() => request.socket.destroy()));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return `http://127.0.0.1:${address.port}`;
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

function json(value: unknown): Reply {
  return { status: 200, body: JSON.stringify(value) };
}

/** The SDK checks the digest of each body. */
function sent({ Id, MessageBody }: Entry): object {
  return { Id, MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}
