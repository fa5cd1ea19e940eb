import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';

import { forEachAtOnce } from '../../lambda/pool.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import type { Operator } from '../operator/operator.ts';
import { hourFolders, writtenAt } from './hours.ts';

/** What is kept in the bucket; each prefix has its dates and hours. */
export type BucketPrefix = 'archive' | 'quarantine' | 'replays';

/** A range of the ledger, by when its lines were written: from `from` up to before `to`, epoch milliseconds. */
export interface LedgerRange {
  readonly prefixes: readonly BucketPrefix[];
  readonly from: number;
  readonly to: number;
}

export interface LedgerObject {
  readonly prefix: BucketPrefix;
  readonly key: string;
  /** As stored, so compressed. */
  readonly bytes: number;
}

/** What reading a range will take. It holds 200 bytes of an object: 100 GB are about a million of them. */
export interface LedgerPlan {
  /** By key within a prefix, so the older first. */
  readonly objects: readonly LedgerObject[];
  /** Compressed. */
  readonly bytes: number;
}

type Bucket = Pick<Operator, 's3' | 'bucket'>;

const LISTS_AT_ONCE = 32;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Lists the objects of a range, many hours at once; dates without any cost nothing.
 * @throws OperatorError if the bucket can't be listed
 */
export async function planLedger(bucket: Bucket, { prefixes, from, to }: LedgerRange): Promise<LedgerPlan> {
  const folders = (await Promise.all(prefixes.map((prefix) => foldersOf(bucket, prefix, from, to)))).flat();
  const objects: LedgerObject[] = [];
  await forEachAtOnce(folders, LISTS_AT_ONCE, async ({ prefix, folder }) => {
    for await (const { Contents = [] } of pages(bucket, folder)) {
      for (const { Key: key = '', Size: bytes = 0 } of Contents) {
        if (isWithin(key, from, to)) objects.push({ prefix, key, bytes });
      }
    }
  });
  objects.sort((one, other) => (one.key < other.key ? -1 : 1));
  return { objects, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The hours of the range on dates that have any; so a range may begin at the beginning of time. */
async function foldersOf(bucket: Bucket, prefix: BucketPrefix, from: number, to: number): Promise<{ prefix: BucketPrefix; folder: string }[]> {
  const dates: string[] = [];
  for await (const { CommonPrefixes = [] } of pages(bucket, `${prefix}/`, '/')) dates.push(...CommonPrefixes.map(({ Prefix = '' }) => Prefix));
  return dates.flatMap((folder) => {
    const start = Date.parse(/date=(.*)\/$/.exec(folder)?.[1] ?? '');
    if (Number.isNaN(start)) return [];
    const hours = hourFolders(Math.max(from, start), Math.min(to, start + DAY_MS));
    return hours.map((hour) => ({ prefix, folder: `${prefix}/${hour}` }));
  });
}

/** A key that isn't as ours are is read all the same: whoever put it there meant it to be. */
function isWithin(key: string, from: number, to: number): boolean {
  const at = writtenAt(key);
  return at === undefined || (at >= from && at < to);
}

async function* pages({ s3, bucket }: Bucket, prefix: string, delimiter?: string): AsyncGenerator<ListObjectsV2CommandOutput> {
  let token: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await s3
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token }))
      .catch((error: unknown) => {
        throw asOperatorError(error, `The bucket ${bucket}`);
      });
    yield page;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
