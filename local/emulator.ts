import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import { DatabaseSync } from 'node:sqlite';

import { startFauxqs } from 'fauxqs';
import type { FauxqsServer } from 'fauxqs';

import { isOwnAwsCaller } from './http/aws-caller.ts';
import { sendMessage } from './http/send-json.ts';

/** What the emulator opens its file with, so far the only statement by which it can be told apart. */
const OPENS_WITH = 'PRAGMA journal_mode = WAL';

export interface EmulatorOptions {
  /** Holds its SQLite file. */
  readonly folder: string;
  readonly region: string;
  /** Whose requests it answers; all others get a 403. */
  readonly accessKeyId: string;
}

/**
 * Starts the SQS and S3 emulator with three things it has no option for. It listens on 127.0.0.1 instead of all addresses,
 * and answers none but the clients of this run: events must not be open to the network around a laptop, nor to a web page
 * on it. And it doesn't wait for the disk at every message, which a killed process survives all the same (only a power cut
 * could undo the last moment) and which makes it several times faster.
 */
export async function startEmulator({ folder, region, accessKeyId }: EmulatorOptions): Promise<FauxqsServer> {
  const restore = [replace(net.Server.prototype, 'listen', (listen) => listenGuarded(listen, accessKeyId)), replace(DatabaseSync.prototype, 'exec', execWithoutSync)];
  try {
    return await startFauxqs({ port: 0, logger: false, defaultRegion: region, dataDir: folder });
  } finally {
    for (const undo of restore) undo();
  }
}

type Method<T> = (this: T, ...given: unknown[]) => unknown;

/** Puts a wrapper in a method's place; the result puts the method back. */
function replace<T extends object>(owner: T, name: keyof T & string, wrap: (method: Method<T>) => Method<T>): () => void {
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== 'function') throw new TypeError(`${name} is not a method`);
  Reflect.set(owner, name, wrap(method as Method<T>));
  return () => void Reflect.set(owner, name, method);
}

function listenGuarded(listen: Method<net.Server>, accessKeyId: string): Method<net.Server> {
  return function listenHere(...given) {
    const [first, ...rest] = given;
    guard(this, accessKeyId);
    const isOptions = typeof first === 'object' && first !== null && 'host' in first;
    return Reflect.apply(listen, this, isOptions ? [{ ...first, host: '127.0.0.1' }, ...rest] : given);
  };
}

/** Puts the check before whatever the server answers requests with. */
function guard(server: net.Server, accessKeyId: string): void {
  const answers = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isOwnAwsCaller(request, accessKeyId)) return sendMessage(response, 403, 'Only the bridge of this run may call this.');
    for (const answer of answers) Reflect.apply(answer, server, [request, response]);
  });
}

function execWithoutSync(exec: Method<DatabaseSync>): Method<DatabaseSync> {
  return function execHere(...given) {
    Reflect.apply(exec, this, given);
    if (given[0] === OPENS_WITH) Reflect.apply(exec, this, ['PRAGMA synchronous = NORMAL']);
  };
}
