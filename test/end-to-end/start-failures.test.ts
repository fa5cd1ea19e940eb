import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import { PROJECT_FOLDER, programArguments } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const RUBBISH = 'rubbish, and enough of it to look like a database header';
const TEST_MS = 30_000;

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  endLeftovers();
  folder.remove();
});

async function failedStart(environment: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { PATH: process.env['PATH'], BRIDGE_PORT: '0', BRIDGE_DATA: join(folder.path, 'data'), ...environment };
  const child = spawn(process.execPath, [...programArguments('start.ts'), ...words], { cwd: PROJECT_FOLDER, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], out, error] = await Promise.all([once(child, 'exit') as Promise<[number]>, text(child.stdout), text(child.stderr)]);
  return { code, out, error };
}

function inFolder(path: string, content: string): string {
  const file = join(folder.path, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe('npm start that can\'t', () => {
  it.each<[string, () => Record<string, string>, RegExp]>([
    ['a port that is none', () => ({ BRIDGE_PORT: 'http' }), /BRIDGE_PORT is "http"/],
    ['a setting that is none', () => ({ BRIDGE_ARHIVE_DAYS: '1' }), /did you mean BRIDGE_ARCHIVE_DAYS/],
    ['a setting out of range', () => ({ BRIDGE_BATCH_SIZE: '0' }), /BRIDGE_BATCH_SIZE is 0; expected/],
    ['a data folder that is a file', () => ({ BRIDGE_DATA: inFolder('file', '') }), /data folder .* can't be used: .*file is a file/],
    ['a queue that can\'t be read', () => ({ BRIDGE_DATA: join(inFolder('a/sandbox/fauxqs.db', RUBBISH), '../..') }), /queue can't be read/],
    ['counts that can\'t be read', () => ({ BRIDGE_DATA: join(inFolder('b/sandbox/tally.db', RUBBISH), '../..') }), /tally\.db: .*Move it away/],
    ['a sandbox that can\'t be read', () => ({ BRIDGE_DATA: join(inFolder('c/sandbox/sandbox.db', RUBBISH), '../..') }), /sandbox\.db: .*Move the file away/],
    ['a mappings file that isn\'t there', () => ({ BRIDGE_MAPPINGS: join(folder.path, 'none.json') }), /mappings file .*none\.json can't be read \(ENOENT\)/],
    ['a mappings file that isn\'t JSON', () => ({ BRIDGE_MAPPINGS: inFolder('m.json', '{') }), /m\.json/],
  ])('says so in one line for %s, and exits with 1', async (_, environment, message) => {
    const { code, out, error } = await failedStart(environment());

    expect(error).toMatch(message);
    expect(error.trimEnd().split('\n')).toHaveLength(1);
    expect(out).toBe('');
    expect(code).toBe(1);
  }, TEST_MS);

  it('names a port in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;

    const { code, error } = await failedStart({ BRIDGE_PORT: String(port) });
    holder.close();

    expect(error).toBe(`Port ${port} is in use. Stop the program that holds it, or set BRIDGE_PORT to another port (0 takes any free one).\n`);
    expect(code).toBe(1);
  }, TEST_MS);

  it('leaves a data folder to the bridge that runs on it', async () => {
    await startLocalProcess({ BRIDGE_DATA: folder.path });

    const { code, error } = await failedStart({ BRIDGE_DATA: folder.path });

    expect(error).toMatch(/Another bridge runs on the data folder/);
    expect(code).toBe(1);
  }, TEST_MS);

  it('exits with 2 for an argument it doesn\'t know, and with 0 for --help', async () => {
    expect(await failedStart({}, 'sart')).toMatchObject({ code: 2, error: expect.stringContaining('no argument "sart"') });
    expect(await failedStart({}, '--help')).toMatchObject({ code: 0, out: expect.stringContaining('BRIDGE_PORT') });
  }, TEST_MS);
});
