import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

import { INGEST_MAX_BODY_BYTES } from '../../lambda/limits.ts';
import { fileProblem, isFileError } from '../file-problem.ts';
import { STDIN } from '../io.ts';
import type { Io } from '../io.ts';
import { createDocumentCutter } from './document-cutter.ts';
import { isUtf16, MARK_BYTES, withoutMark } from './encoding.ts';
import { entryOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { createLineCutter } from './line-cutter.ts';
import type { Cutter, Piece } from './piece.ts';
import { formatByContent, formatByName, SNIFFED_BYTES } from './sniff.ts';
import type { Format } from './sniff.ts';
import { unzipped, zipDamage } from './unzip.ts';
import { withHead } from './with-head.ts';

const STDIN_LABEL = 'stdin';
/** Small, so that thousands of tiny events are never held at once: it keeps the memory flat. */
const CHUNK_BYTES = 16 * 1024;
const ENTRIES_AT_ONCE = 256;

/** The next entries of a file. */
interface EntriesRead {
  readonly entries: readonly Entry[];
  /** Bytes of the file since the last time. */
  readonly bytes: number;
}

/** The entries of a file, or of stdin for `-`, chunk by chunk. Never throws for what the file is or holds. */
export async function* readEntries(path: string, io: Pick<Io, 'stdin' | 'folder'>, format?: Format): AsyncGenerator<EntriesRead> {
  const file = path === STDIN ? STDIN_LABEL : path;
  const stream = path === STDIN ? io.stdin : createReadStream(resolve(io.folder, path), { highWaterMark: CHUNK_BYTES });
  const read = { bytes: 0 };
  let told = 0;
  try {
    for await (const entries of entriesOf(file, unzipped(counted(stream, read)), format ?? formatByName(file))) {
      yield { entries, bytes: read.bytes - told };
      told = read.bytes;
    }
  } catch (error) {
    yield { entries: [failure(file, error)], bytes: read.bytes - told };
  }
}

/** @throws the error itself if it doesn't speak of the file */
function failure(file: string, error: unknown): Entry {
  const damage = zipDamage(error);
  if (damage !== undefined) return { kind: 'broken', place: { file }, problem: damage };
  if (!isFileError(error)) throw error;
  return { kind: 'not_read', place: { file }, problem: fileProblem(error) };
}

async function* counted(stream: AsyncIterable<Buffer>, read: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    read.bytes += chunk.length;
    yield chunk;
  }
}

async function* entriesOf(file: string, stream: AsyncIterable<Buffer>, format: Format | undefined): AsyncGenerator<readonly Entry[]> {
  let cutter: Cutter | undefined;
  for await (const chunk of withHead(stream, format === undefined ? SNIFFED_BYTES : MARK_BYTES)) {
    const isFirst = cutter === undefined;
    cutter ??= cutterFor(chunk, format);
    yield* portions(file, cutter.push(isFirst ? withoutMark(chunk) : chunk));
    if (cutter.hasStopped()) return;
  }
  yield* portions(file, cutter?.end() ?? []);
}

function* portions(file: string, pieces: readonly Piece[]): Generator<readonly Entry[]> {
  // At least one, so that progress is told of bytes in which no event ends.
  for (let at = 0; at === 0 || at < pieces.length; at += ENTRIES_AT_ONCE) yield pieces.slice(at, at + ENTRIES_AT_ONCE).map((piece) => entryOf(file, piece));
}

function cutterFor(bytes: Buffer, format: Format | undefined): Cutter {
  if (isUtf16(bytes)) return unreadable('is UTF-16; save it as UTF-8');
  const known = format ?? formatByContent(withoutMark(bytes).toString('utf8', 0, SNIFFED_BYTES));
  return known === 'ndjson' ? createLineCutter(INGEST_MAX_BODY_BYTES) : createDocumentCutter(INGEST_MAX_BODY_BYTES);
}

function unreadable(problem: string): Cutter {
  return { push: () => [{ kind: 'broken', line: 1, index: undefined, problem }], end: () => [], hasStopped: () => true };
}
