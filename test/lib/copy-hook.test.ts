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

    const [command = ''] = copyIntoBundle(source, 'mappings.json').afterBundling('', bundle);
    execFileSync('sh', ['-c', command]);

    expect(readFileSync(join(bundle, 'mappings.json'), 'utf8')).toBe('{"a": 1}');
  });
});
