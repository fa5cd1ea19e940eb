import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import type { Entry } from '../../../cli/input/entry.ts';
import { readEntries } from '../../../cli/input/read-entries.ts';
import type { Format } from '../../../cli/input/sniff.ts';
import { INGEST_MAX_BODY_BYTES, SQS_MAX_BYTES } from '../../../lambda/limits.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { ioDouble } from '../io-double.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

async function entriesIn(name: string, content: string | Buffer, format?: Format): Promise<readonly Entry[]> {
  writeFileSync(join(folder.path, name), content);
  return entriesOf(name, format);
}

async function entriesOf(path: string, format?: Format, input = ''): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const read of readEntries(path, ioDouble(folder.path, { input }).io, format)) entries.push(...read.entries);
  return entries;
}

const event = (line: number, index?: number) => expect.objectContaining({ kind: 'event', place: { file: expect.any(String), line, index } });
const broken = (line: number, problem: RegExp) => expect.objectContaining({ kind: 'broken', problem: expect.stringMatching(problem), place: expect.objectContaining({ line }) });

describe('readEntries', () => {
  it('keeps the exact text of events', async () => {
    const [entry] = await entriesIn('a.json', '[ {"n": 1.10, "e": 1E400} ]');

    expect(entry).toMatchObject({ kind: 'event', text: '{"n": 1.10, "e": 1E400}', value: { n: 1.1 } });
  });

  it.each<[string, string, string | Buffer, readonly unknown[]]>([
    ['a byte order mark', 'a.json', '\ufeff{"type":"track"}', [event(1)]],
    ['a byte order mark before lines', 'a.ndjson', '\ufeff{"a":1}\r\n{"b":2}\r\n', [event(1), event(2)]],
    ['lines in a file of another name', 'a.json', '{"a":1}\n{"b":2}', [event(1), event(2)]],
    ['broken lines in a file of another name', 'a.txt', '{"a":1}\n{"b":\n{"c":3}', [event(1), broken(2, /is not JSON/), event(3)]],
    ['UTF-16', 'a.json', Buffer.from('\ufeff{"a":1}', 'utf16le'), [broken(1, /UTF-16; save it as UTF-8/)]],
    ['bytes that are not UTF-8', 'a.ndjson', Buffer.from([0x7b, 0xff, 0x7d, 0x0a, 0x7b, 0x7d]), [broken(1, /is not UTF-8/), event(2)]],
    ['a NUL', 'a.ndjson', '{"a":"\0"}\n{"b":2}', [broken(1, /is not JSON/), event(2)]],
    ['other JSON than objects', 'a.ndjson', '42\n[[], "x"]', [event(1), event(2, 0), event(2, 1)]],
    ['an empty file', 'a.json', '', []],
    ['mappings', 'a.json', '{"mappings": []}', [{ kind: 'mappings', place: { file: 'a.json' } }]],
    ['an event that speaks of mappings', 'a.json', '{"type": "track", "mappings": []}', [event(1)]],
  ])('reads %s', async (_, name, content, expected) => {
    expect(await entriesIn(name, content)).toEqual(expected);
  });

  it.each([
    ['an event that fills a message by itself', JSON.stringify({ a: 'x'.repeat(SQS_MAX_BYTES - '{"a":""}'.length) }), /too large for one message/],
    ['a batch that no webhook takes', `[${Array.from({ length: 6 }, () => JSON.stringify({ a: 'x'.repeat(INGEST_MAX_BODY_BYTES / 6) })).join(',')}]`, /longer than 5500000 bytes/],
  ])('refuses, as the webhook does, %s', async (_, line, problem) => {
    expect(await entriesIn('a.ndjson', `${line}\n{"b":2}`)).toEqual([broken(1, problem), event(2)]);
  });

  it('takes the given format before what it looks like', async () => {
    expect(await entriesIn('a.json', '{"a":1}\n{"b":', 'json')).toEqual([event(1), broken(2, /never ends/)]);
    expect(await entriesIn('a.json', '{\n"a":1}', 'ndjson')).toEqual([broken(1, /not JSON/), broken(2, /not JSON/)]);
  });

  it('reads stdin', async () => {
    expect(await entriesOf('-', undefined, '{"a":1}\n{"b":2}')).toEqual([event(1), event(2)]);
  });

  it.each([
    ['a.ndjson.gz', '{"a":1}\n{"b":2}'],
    ['a.json.gz', '[{"a":1},\n{"b":2}]'],
    ['named-as-if-it-were-not.json', '{"a":1}\n{"b":2}'],
  ])('unpacks what is gzipped: %s', async (name, content) => {
    const entries = await entriesIn(name, gzipSync(content));

    expect(entries.map((entry) => entry.kind === 'event' && [entry.place.line, entry.text])).toEqual([[1, '{"a":1}'], [2, '{"b":2}']]);
  });

  it('tells of a gzipped file the bytes it takes, for the progress', async () => {
    const packed = gzipSync(`${'{"a":1}\n'.repeat(10_000)}`);
    writeFileSync(join(folder.path, 'a.ndjson.gz'), packed);

    let bytes = 0;
    for await (const read of readEntries('a.ndjson.gz', ioDouble(folder.path).io)) bytes += read.bytes;

    expect(bytes).toBe(packed.length);
  });

  it('takes whatever begins like gzip', async () => {
    const packed = gzipSync('{"a":1}\n');
    const damaged = fc.tuple(fc.nat(packed.length), fc.uint8Array({ maxLength: 20 })).map(([length, bytes]) => [packed.subarray(0, length), Buffer.from(bytes)]);

    await fc.assert(
      fc.asyncProperty(damaged, async (chunks) => {
        const entries: Entry[] = [];
        for await (const read of readEntries('-', { stdin: Readable.from(chunks), folder: folder.path })) entries.push(...read.entries);

        expect(entries.every(({ kind }) => kind === 'event' || kind === 'broken')).toBe(true);
      }),
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['an event of that type', { type: 'track', sqsMessageId: 'a', fate: 'b', event: 'c' }],
    ['a line without its event', { v: 1, sqsMessageId: 'a', fate: 'delivered' }],
  ])('takes no ledger line for one: %s', async (_, value) => {
    expect(await entriesIn('a.json', JSON.stringify(value))).toMatchObject([{ text: JSON.stringify(value), acceptedAt: undefined }]);
  });

  it('says of what it can not read why', async () => {
    mkdirSync(join(folder.path, 'folder'));

    expect(await entriesOf('none.json')).toEqual([expect.objectContaining({ kind: 'not_read', problem: 'does not exist' })]);
    expect(await entriesOf('folder')).toEqual([expect.objectContaining({ kind: 'not_read', problem: 'is a folder, not a file' })]);
  });
});
