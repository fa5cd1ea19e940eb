import { createGunzip } from 'node:zlib';

import { zipDamage } from '../input/unzip.ts';
import type { Operator } from '../operator/operator.ts';
import { DamagedObject } from './damaged-object.ts';
import { fetchObject } from './fetch-object.ts';
import { merge } from './merge.ts';
import type { LedgerObject } from './plan-ledger.ts';

export interface ReadLinesOptions {
  /** Only lines that hold one of these texts somewhere; the others are never even decoded. */
  readonly texts?: readonly string[] | undefined;
  /** Objects under way at once. */
  readonly concurrency?: number | undefined;
  /** Told when an object was read: its compressed bytes, and how many lines it had, matching or not. */
  readonly onProgress?: ((bytes: number, lines: number) => Promise<void>) | undefined;
  /** Told of each object that can't be read, or not to its end. */
  readonly onDamaged?: ((damaged: DamagedObject) => Promise<void>) | undefined;
}

/** Some of an object's lines, in order. */
export interface Lines {
  readonly object: LedgerObject;
  readonly texts: readonly string[];
}

/** Small objects come at the pace of S3's answers, so many have to be under way. */
const OBJECTS_AT_ONCE = 32;
/** Unpacked bytes at a time; at Node's default of 16 KiB it takes twice as long. */
const UNPACKED_BYTES = 1024 * 1024;
/** Far more than a line with an event of 1 MiB, however it is escaped, in bytes. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * The lines of objects, many objects at once, unpacked as they come: in memory are no more than the packed objects under
 * way and a megabyte or so of each.
 * @throws OperatorError if the bucket can't be read
 */
export async function* readLines(bucket: Pick<Operator, 's3' | 'bucket'>, objects: readonly LedgerObject[], options: ReadLinesOptions = {}): AsyncGenerator<Lines> {
  const { texts, concurrency = OBJECTS_AT_ONCE, onProgress, onDamaged } = options;
  const pick = picker(texts);
  yield* merge(objects, concurrency, async function* (object) {
    let lines = 0;
    try {
      for await (const block of wholeLines(object.key, await fetchObject(bucket, object))) {
        lines += countLines(block);
        const picked = pick(block);
        if (picked.length > 0) yield { object, texts: picked };
      }
    } catch (error) {
      if (!(error instanceof DamagedObject)) throw error;
      await onDamaged?.(error);
    }
    await onProgress?.(object.bytes, lines);
  });
}

/** Unpacked pieces that end where a line ends. */
async function* wholeLines(key: string, packed: Uint8Array): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of unpacked(key, packed)) {
    const all = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = all.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) yield all.subarray(0, end);
    rest = all.subarray(end);
    if (rest.length > MAX_LINE_BYTES) throw new DamagedObject(key, 'has a line longer than any of the ledger');
  }
  if (rest.length > 0) yield rest;
}

async function* unpacked(key: string, packed: Uint8Array): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES });
  gunzip.end(packed);
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (error) {
    const damage = zipDamage(error);
    if (damage === undefined) throw error;
    throw new DamagedObject(key, damage, { cause: error });
  }
}

/** Searches the bytes before it makes text of them: that is most of the speed when few lines are wanted. */
function picker(texts: readonly string[] | undefined): (block: Buffer) => readonly string[] {
  const split = (block: Buffer): string[] => block.toString('utf8').split('\n').filter((line) => line !== '');
  if (texts === undefined) return split;
  const needles = texts.map((text) => Buffer.from(text));
  return (block) => {
    if (!needles.some((needle) => block.includes(needle))) return [];
    return split(block).filter((line) => texts.some((text) => line.includes(text)));
  };
}

function countLines(block: Buffer): number {
  let lines = 0;
  for (let at = block.indexOf(LINE_FEED); at !== -1; at = block.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}
