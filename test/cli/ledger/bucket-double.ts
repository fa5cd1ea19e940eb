import { GetObjectCommand, ListObjectsV2Command, NoSuchKey } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';

import type { Operator } from '../../../cli/operator/operator.ts';
import { ledgerLine } from '../../../lambda/forward/ledger-line.ts';
import { ledgerKey } from '../../../lambda/forward/ledger.ts';
import type { LedgerPrefix } from '../../../lambda/forward/ledger.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { queuedOf } from '../../lambda/forward/factories.ts';

/** What a request for an object is answered with: its bytes, or an error to throw for the request, or for the body. */
type Stored = Buffer | { readonly fails: Error } | { readonly breaksOff: Error };

export interface BucketDouble extends Pick<Operator, 's3' | 'bucket'> {
  /** The prefix of each list request, a continued one again. */
  readonly lists: readonly string[];
  readonly gets: readonly string[];
  /** The most objects that were read at once. */
  mostAtOnce(): number;
  put(key: string, stored: Stored): void;
  /** Puts lines where the ledger has them; the result is the key. */
  write(prefix: LedgerPrefix, at: number, lines: readonly string[]): string;
}

/** A bucket in memory that lists like S3: a page at a time, in the order of keys. */
export function bucketDouble(pageSize = 1_000): BucketDouble {
  const objects = new Map<string, Stored>();
  const lists: string[] = [];
  const gets: string[] = [];
  const reading = { now: 0, most: 0 };
  const put = (key: string, stored: Stored): void => void objects.set(key, stored);

  async function get(key: string): Promise<unknown> {
    gets.push(key);
    const stored = objects.get(key);
    if (stored === undefined) throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: {} });
    if ('fails' in stored) throw stored.fails;
    reading.now += 1;
    reading.most = Math.max(reading.most, reading.now);
    return { Body: { transformToByteArray: () => bodyOf(stored).finally(() => (reading.now -= 1)) } };
  }

  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetObjectCommand) return get(command.input.Key ?? '');
    if (!(command instanceof ListObjectsV2Command)) throw new TypeError('not a command this bucket knows');
    const { Prefix = '', Delimiter, ContinuationToken = '' } = command.input;
    lists.push(Prefix);
    const found = [...new Set([...objects.keys()].filter((key) => key.startsWith(Prefix)).map((key) => shortened(key, Prefix, Delimiter)))].toSorted();
    const rest = found.filter((key) => key > ContinuationToken);
    const page = rest.slice(0, pageSize);
    return {
      Contents: page.filter((key) => objects.has(key)).map((Key) => ({ Key, Size: sizeOf(objects.get(Key)) })),
      CommonPrefixes: page.filter((key) => !objects.has(key)).map((key) => ({ Prefix: key })),
      ...(rest.length > pageSize ? { NextContinuationToken: page.at(-1) } : {}),
    };
  };
  return {
    bucket: 'ledger',
    s3: { send: send as Operator['s3']['send'] },
    lists,
    gets,
    mostAtOnce: () => reading.most,
    put,
    write(prefix, at, lines) {
      const key = ledgerKey(prefix, at, `id-${objects.size}`);
      put(key, gzipSync(`${lines.join('\n')}\n`));
      return key;
    },
  };
}

/** A settled event, as its line. */
export function lineOf(at: number, overrides: Partial<Settled> = {}, queued: Parameters<typeof queuedOf>[1] = {}, event: unknown = { type: 'track' }): string {
  return ledgerLine({ queued: queuedOf(event, queued), messageId: 'm-1', isJson: true, fate: { kind: 'delivered' }, usage: [], ...overrides }, 'version-1', at);
}

async function bodyOf(stored: Exclude<Stored, { fails: Error }>): Promise<Uint8Array> {
  await new Promise((resolve) => setImmediate(resolve));
  if ('breaksOff' in stored) throw stored.breaksOff;
  return stored;
}

function shortened(key: string, prefix: string, delimiter: string | undefined): string {
  const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
  return end === -1 ? key : key.slice(0, end + 1);
}

function sizeOf(stored: Stored | undefined): number {
  return Buffer.isBuffer(stored) ? stored.length : 1;
}
