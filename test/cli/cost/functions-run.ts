import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

import { SECRET } from '../../../bench/performance/loopback.ts';
import { loopbackEnvironment } from '../../../bench/performance/with-loopback.ts';
import { METRICS_NAMESPACE } from '../../../lambda/metric-names.ts';

const run = promisify(execFile);

/** What one run of a function wrote and sent. */
export interface FunctionRun {
  /** The lines of its log. */
  readonly lines: readonly string[];
  /** Bodies of its requests, by where they went. */
  readonly sent: { readonly queue: readonly Buffer[]; readonly metronome: readonly Buffer[]; readonly ledger: readonly Buffer[]; readonly secrets: readonly Buffer[] };
}

const runs = new Map<string, Promise<FunctionRun>>();

/** What the real function writes and sends for a webhook, or a batch, of so many events; run once for all who ask. */
export function functionRun(name: 'ingest' | 'forward', events: number, eventBytes: number): Promise<FunctionRun> {
  const key = [name, events, eventBytes].join(' ');
  const found = runs.get(key) ?? runFunction(name, events, eventBytes);
  runs.set(key, found);
  return found;
}

/** In a process of its own, beside an AWS and a Metronome that only say yes. */
async function runFunction(name: 'ingest' | 'forward', events: number, eventBytes: number): Promise<FunctionRun> {
  const sent = { queue: [] as Buffer[], metronome: [] as Buffer[], ledger: [] as Buffer[], secrets: [] as Buffer[] };
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { kind, answer } = answerTo(request, body);
      sent[kind].push(body);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  try {
    const script = join(import.meta.dirname, 'run-functions.ts');
    const { stdout } = await run(process.execPath, [script, name, SECRET, String(events), String(eventBytes)], { env: environment(`http://127.0.0.1:${address.port}`), maxBuffer: 100_000_000 });
    return { lines: stdout.split('\n').filter((line) => line !== ''), sent };
  } finally {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
}

function answerTo({ url, headers }: IncomingMessage, body: Buffer): { readonly kind: keyof FunctionRun['sent']; readonly answer: string } {
  const target = String(headers['x-amz-target'] ?? '');
  if (target.startsWith('secretsmanager.')) return { kind: 'secrets', answer: JSON.stringify({ SecretString: SECRET, CreatedDate: 0 }) };
  if (target.startsWith('AmazonSQS.')) return { kind: 'queue', answer: JSON.stringify({ Successful: entriesIn(body).map(stored), Failed: [] }) };
  return { kind: url === '/v1/ingest' ? 'metronome' : 'ledger', answer: '' };
}

interface Entry {
  readonly Id: string;
  readonly MessageBody?: string;
}

function entriesIn(body: Buffer): readonly Entry[] {
  const request: { readonly Entries: readonly Entry[] } = JSON.parse(body.toString());
  return request.Entries;
}

/** The SDK checks the digest of each body. */
function stored({ Id, MessageBody = '' }: Entry): object {
  return { Id, MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

function environment(url: string): NodeJS.ProcessEnv {
  return { ...loopbackEnvironment(url), POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE, STACK_NAME: 'SegmentMetronomeBridge' };
}
