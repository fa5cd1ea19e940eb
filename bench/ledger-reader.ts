import { S3Client } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

import type { LedgerObject } from '../cli/ledger/plan-ledger.ts';
import { readLedger } from '../cli/ledger/read-ledger.ts';
import { ledgerKey } from '../lambda/forward/ledger.ts';
import { ledgerLine } from '../lambda/forward/ledger-line.ts';
import { trackEvent } from '../test/helpers/segment.ts';
import { exitWith } from './exit-with.ts';

const HELP = `npm run bench:ledger -- [--megabytes 200] [--json]

Searches a ledger of so many compressed megabytes for one event, as "bridge trace" does:
the objects come over HTTP from a server in this process, so its work is in the time, too.
Exit status 1 if the event isn't found, or found twice.
`;

const MB = 1_000_000;
const EVENTS_AN_OBJECT = 1_000;
/** Objects with different content; the ledger repeats them, as making each anew would take longer than the search. */
const DIFFERENT_OBJECTS = 24;
const WANTED = 'the-one-event';
const AT = Date.UTC(2026, 0, 15, 12);

interface Result {
  readonly compressedMb: number;
  readonly objects: number;
  readonly lines: number;
  readonly seconds: number;
  readonly compressedMbPerSecond: number;
  readonly secondsForOneGb: number;
  readonly peakMemoryMb: number;
  readonly found: number;
}

/** One invocation's object of the archive. */
function objectOf(messageIds: readonly string[]): Buffer {
  const lines = messageIds.map((id) => {
    const text = JSON.stringify(trackEvent(id, { properties: { pages: Math.random() * 1_000, plan: randomUUID(), region: 'eu-central-1' }, anonymousId: randomUUID() }));
    const queued = { sqsMessageId: randomUUID(), receiptHandle: '', receiveCount: 1, firstReceivedAt: AT, sentAt: AT, acceptedAt: AT, body: text, encoding: 'text', text } as const;
    const usage = [{ mapping: 'Send track events to Metronome', transactionId: id, verdict: 'delivered', status: 200 }] as const;
    return ledgerLine({ queued, messageId: id, isJson: true, fate: { kind: 'delivered' }, usage }, 'bench', AT);
  });
  return gzipSync(`${lines.join('\n')}\n`);
}

interface Ledger {
  readonly objects: readonly LedgerObject[];
  readonly contents: ReadonlyMap<string, Buffer>;
}

function ledgerOf(megabytes: number): Ledger {
  const different = Array.from({ length: DIFFERENT_OBJECTS }, () => objectOf(Array.from({ length: EVENTS_AN_OBJECT }, () => randomUUID())));
  const contents = new Map<string, Buffer>();
  let bytes = 0;
  for (let index = 0; bytes < megabytes * MB; index += 1) {
    const content = different[index % DIFFERENT_OBJECTS] ?? Buffer.alloc(0);
    contents.set(ledgerKey('archive', AT + index, randomUUID()), content);
    bytes += content.length;
  }
  contents.set(ledgerKey('archive', AT, randomUUID()), objectOf([WANTED]));
  return { contents, objects: [...contents].map(([key, content]) => ({ prefix: 'archive', key, bytes: content.length })) };
}

async function serve(contents: ReadonlyMap<string, Buffer>): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname.replace(/^\/ledger\//, ''));
    const content = contents.get(key);
    response.writeHead(content === undefined ? 404 : 200, { 'content-length': content?.length ?? 0 });
    response.end(content);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return { server, port: address.port };
}

async function search({ objects, contents }: Ledger): Promise<Result> {
  const { server, port } = await serve(contents);
  const s3 = new S3Client({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } });
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  let lines = 0;
  let found = 0;
  const onProgress = async (_: number, read: number): Promise<void> => void (lines += read);
  const start = performance.now();
  for await (const { line } of readLedger({ s3, bucket: 'ledger' }, { plan: { objects, bytes }, ids: [WANTED], onProgress })) found += Number(line.messageId === WANTED);
  const seconds = (performance.now() - start) / 1_000;
  s3.destroy();
  server.close();
  const compressedMb = bytes / MB;
  const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
  return { compressedMb, objects: objects.length, lines, seconds, compressedMbPerSecond: compressedMb / seconds, secondsForOneGb: (1_000 / compressedMb) * seconds, peakMemoryMb, found };
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '200' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const megabytes = Number(values.megabytes);
  if (!(megabytes > 0)) throw new Error(`--megabytes is ${values.megabytes}; expected a number over 0.`);
  const result = await search(ledgerOf(megabytes));
  const rows = Object.entries(result).map(([name, value]) => `${name.padEnd(24)}${Number.isInteger(value) ? value : value.toFixed(1)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : rows.join(''));
  return result.found === 1 ? 0 : 1;
}

exitWith(main);
