import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readMappings } from '../../lambda/mapping/index.ts';
import { keepMappings } from '../../local/running-mappings.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const MAPPINGS = JSON.stringify({ mappings: [] });

let folder: ReturnType<typeof temporaryFolder>;
let original: string;

beforeEach(() => {
  folder = temporaryFolder();
  original = join(folder.path, 'mappings.json');
  mkdirSync(join(folder.path, 'data'));
});

afterEach(() => folder.remove());

const keep = () => keepMappings(original, join(folder.path, 'data'));

describe('keepMappings', () => {
  it('keeps what the bridge was started with, whatever becomes of the file, and knows its version', () => {
    writeFileSync(original, MAPPINGS);
    const { version } = readMappings(original);

    const running = keep();
    writeFileSync(original, 'changed since');

    expect(running.version).toBe(version);
    expect(readFileSync(running.path, 'utf8')).toBe(MAPPINGS);
  });

  it('takes the file of today at the next start, even of one that nobody may write to', () => {
    writeFileSync(original, MAPPINGS);
    chmodSync(original, 0o444);
    const before = keep();
    chmodSync(original, 0o644);
    writeFileSync(original, ` ${MAPPINGS}`);

    const after = keep();

    expect(after.version).not.toBe(before.version);
    expect(readFileSync(after.path, 'utf8')).toBe(` ${MAPPINGS}`);
  });

  it.each([
    ['isn\'t there', () => undefined],
    ['isn\'t JSON', () => writeFileSync(original, '{')],
  ])('names a file that %s', (_, prepare) => {
    prepare();

    expect(keep).toThrow(expect.objectContaining({ name: 'LocalRunError', message: expect.stringContaining(`The mappings file ${original} can't be used`) }));
  });
});
