import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

import { INGEST_MAX_BODY_BYTES, SQS_MAX_BYTES } from '../../lambda/limits.ts';
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
  try {
    yield* entriesOf(file, stream, format ?? formatByName(file));
  } catch (error) {
    if (!isFileError(error)) throw error;
    yield { entries: [{ kind: 'broken', place: { file }, problem: fileProblem(error) }], bytes: 0 };
  }
}

async function* entriesOf(file: string, stream: AsyncIterable<Buffer>, format: Format | undefined): AsyncGenerator<EntriesRead> {
  let cutter: Cutter | undefined;
  for await (const chunk of withHead(stream, format === undefined ? SNIFFED_BYTES : MARK_BYTES)) {
    const isFirst = cutter === undefined;
    cutter ??= cutterFor(chunk, format);
    yield* portions(file, cutter.push(isFirst ? withoutMark(chunk) : chunk), chunk.length);
    if (cutter.hasStopped()) return;
  }
  yield* portions(file, cutter?.end() ?? [], 0);
}

/** The same bytes, with at least so many in the first chunk if there are so many at all. */
async function* withHead(stream: AsyncIterable<Buffer>, headBytes: number): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of stream) {
    if (head === undefined) yield chunk;
    else if (head.length + chunk.length < headBytes) head = Buffer.concat([head, chunk]);
    else {
      yield Buffer.concat([head, chunk]);
      head = undefined;
    }
  }
  if (head !== undefined) yield head;
}

/** @param bytes of the file that these pieces, and what is still open, take */
function* portions(file: string, pieces: readonly Piece[], bytes: number): Generator<EntriesRead> {
  yield { entries: pieces.slice(0, ENTRIES_AT_ONCE).map((piece) => entryOf(file, piece)), bytes };
  for (let at = ENTRIES_AT_ONCE; at < pieces.length; at += ENTRIES_AT_ONCE) {
    yield { entries: pieces.slice(at, at + ENTRIES_AT_ONCE).map((piece) => entryOf(file, piece)), bytes: 0 };
  }
}

function cutterFor(bytes: Buffer, format: Format | undefined): Cutter {
  if (isUtf16(bytes)) return unreadable('is UTF-16; save it as UTF-8');
  const known = format ?? formatByContent(withoutMark(bytes).toString('utf8', 0, SNIFFED_BYTES));
  return known === 'ndjson' ? createLineCutter({ maxLineBytes: INGEST_MAX_BODY_BYTES, maxEventBytes: SQS_MAX_BYTES }) : createDocumentCutter(SQS_MAX_BYTES);
}

function unreadable(problem: string): Cutter {
  return { push: () => [{ kind: 'broken', line: 1, index: undefined, problem }], end: () => [], hasStopped: () => true };
}
