import net from 'node:net';
import { DatabaseSync } from 'node:sqlite';

import { startFauxqs } from 'fauxqs';
import type { FauxqsServer } from 'fauxqs';

/** What the emulator opens its file with, so far the only statement by which it can be told apart. */
const OPENS_WITH = 'PRAGMA journal_mode = WAL';

/**
 * Starts the SQS and S3 emulator with two things it has no option for. It listens on 127.0.0.1 instead of all addresses:
 * events must not be open to the network around a laptop. And it doesn't wait for the disk at every message, which a
 * killed process survives all the same (only a power cut could undo the last moment) and which makes it three times faster.
 * @param folder holds its SQLite file
 */
export async function startEmulator(folder: string, region: string): Promise<FauxqsServer> {
  const restore = [replace(net.Server.prototype, 'listen', listenOnLoopback), replace(DatabaseSync.prototype, 'exec', execWithoutSync)];
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

function listenOnLoopback(listen: Method<net.Server>): Method<net.Server> {
  return function listenHere(...given) {
    const [first, ...rest] = given;
    const isOptions = typeof first === 'object' && first !== null && 'host' in first;
    return Reflect.apply(listen, this, isOptions ? [{ ...first, host: '127.0.0.1' }, ...rest] : given);
  };
}

function execWithoutSync(exec: Method<DatabaseSync>): Method<DatabaseSync> {
  return function execHere(...given) {
    Reflect.apply(exec, this, given);
    if (given[0] === OPENS_WITH) Reflect.apply(exec, this, ['PRAGMA synchronous = NORMAL']);
  };
}
