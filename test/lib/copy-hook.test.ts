import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { copyIntoBundle } from '../../lib/copy-hook.ts';

describe('copyIntoBundle', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-copy-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('copies through a shell, whatever the path is made of', () => {
    const source = join(folder, `it's $HOME "here" & \`there\`.json`);
    const bundle = join(folder, 'a bundle');
    writeFileSync(source, '{"a": 1}');
    mkdirSync(bundle);

    const files = ['mappings.json', 'node_modules/liquidjs/index.js'];
    const commands = copyIntoBundle(files.map((to) => ({ from: source, to }))).afterBundling('', bundle);
    for (const command of commands) execFileSync('sh', ['-c', command]);

    expect(files.map((file) => readFileSync(join(bundle, file), 'utf8'))).toEqual(['{"a": 1}', '{"a": 1}']);
  });
});
