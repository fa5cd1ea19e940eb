import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createWriteStream, existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { trackEvent } from '../helpers/segment.ts';
import { PROJECT, PROJECT_FOLDER, programArguments } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const MAPPINGS = join(PROJECT_FOLDER, 'mappings.json');
const TEST_MS = 60_000;
const MANY_EVENTS = 100_000;
/** Linux's file that has no room left; other systems have none. */
const FULL_DISK = '/dev/full';
/** Little more than the modules take. How far the heap grows before it is swept depends on the machine; a limit doesn't: what needs more ends with an error. */
const SMALL_HEAP = '--max-old-space-size=64';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

function start(words: readonly string[], options: readonly string[] = []): ChildProcess & { stdin: NodeJS.WritableStream; stdout: Readable; stderr: Readable } {
  return spawn(process.execPath, [...programArguments('bridge.ts', options), ...words], { cwd: PROJECT, env: { PATH: process.env['PATH'] }, stdio: ['pipe', 'pipe', 'pipe'] });
}

async function run(...words: readonly string[]): Promise<{ status: number | null; out: string; err: string }> {
  const child = start(words);
  child.stdin.end();
  const [[status], out, err] = await Promise.all([once(child, 'exit') as Promise<[number | null]>, text(child.stdout), text(child.stderr)]);
  return { status, out, err };
}

async function writeMany(path: string, around: readonly [string, string], separator: string): Promise<void> {
  const file = createWriteStream(path);
  const events = Array.from({ length: 1_000 }, (_, index) => JSON.stringify(trackEvent(`m-${index}`))).join(separator);
  const blocks = Array.from({ length: MANY_EVENTS / 1_000 }, (_, index) => (index === 0 ? '' : separator) + events);
  const whole = Readable.from([around[0], ...blocks, around[1]]);
  (path.endsWith('.gz') ? whole.pipe(createGzip()) : whole).pipe(file);
  await finished(file);
}

describe('npm run bridge', () => {
  it('keeps stdout for what was asked, and stderr for the rest', async () => {
    const { status, out, err } = await run('preview', 'samples/', '--json', '--mappings', MAPPINGS);

    const lines = out.trimEnd().split('\n').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(lines.at(-1)).toHaveProperty('summary.events', lines.length - 1);
    expect(out).toContain('"bytes":12345678901234567890,"gigabyte_hours":0.1234567890123456789,"price_per_gb":1.10');
    expect(err).toBe('Note: samples/mappings/billing-event.json holds mappings, not events, and is\nskipped.\n');
    expect(status).toBe(1);
  }, TEST_MS);

  it('exits with 0, 1 and 2', async () => {
    writeFileSync(join(folder.path, 'mappings.json'), '{"mappings": []}');

    expect((await run('lint', MAPPINGS)).status).toBe(0);
    expect((await run('lint', join(folder.path, 'mappings.json'))).status).toBe(1);
    expect((await run('lint', '--what')).status).toBe(2);
  }, TEST_MS);

  it('ends quietly when nobody reads on', async () => {
    const child = start(['preview', '-', '--verbose', '--mappings', MAPPINGS]);
    const exited = once(child, 'exit');
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(trackEvent('m-1'))}\n`.repeat(2_000));
    await once(child.stdout, 'data');

    child.stdout.destroy();
    child.stdin.end(`${JSON.stringify(trackEvent('m-2'))}\n`.repeat(20_000));

    const [[status], err] = await Promise.all([exited, text(child.stderr)]);
    expect({ status, err: err.replaceAll(/.* so far\n/g, '') }).toEqual({ status: 0, err: '' });
  }, TEST_MS);

  (existsSync(FULL_DISK) ? it : it.skip)('says that its output has no room, without a stack', async () => {
    const full = openSync(FULL_DISK, 'w');
    const child = spawn(process.execPath, [...programArguments('bridge.ts'), 'lint', MAPPINGS], { cwd: PROJECT, env: { PATH: process.env['PATH'] }, stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    if (child.stderr === null) throw new Error('The process has no stderr.');

    const [[status], err] = await Promise.all([once(child, 'exit'), text(child.stderr)]);

    expect({ status, err }).toEqual({ status: 1, err: "The output can't be written (ENOSPC): look at the disk or the program it goes to.\n" });
  }, TEST_MS);

  it('ends at once, without a stack, on Ctrl-C', async () => {
    const child = start(['preview', '-', '--format', 'ndjson', '--mappings', MAPPINGS]);
    child.stdin.write(`${JSON.stringify(trackEvent('m-1'))}\n`);
    await once(child.stdout, 'data');

    child.kill('SIGINT');

    const [[status], err] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect({ status, err }).toEqual({ status: 130, err: '\n' });
  }, TEST_MS);

  it.each([
    ['lines', 'many.ndjson', ['', '\n'], '\n'],
    ['one array', 'many.json', ['[', ']'], ','],
    ['gzipped lines', 'many.ndjson.gz', ['', '\n'], '\n'],
  ] as const)('reads 100,000 events as %s in a heap of 64 MB', async (_, name, around, separator) => {
    const path = join(folder.path, name);
    await writeMany(path, around, separator);

    const child = start(['preview', path, '--json', '--mappings', MAPPINGS], [SMALL_HEAP]);
    child.stdin.end();
    let lines = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      lines += chunk.toString('latin1').split('\n').length - 1;
    });
    const [status] = await once(child, 'exit');

    expect({ lines, status }).toEqual({ lines: MANY_EVENTS + 1, status: 0 });
  }, TEST_MS);
});
