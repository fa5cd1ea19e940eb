import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { LocalRunError } from '../../local/local-error.ts';
import { readOperatorFile, writeOperatorFile } from '../../local/operator-file.ts';
import type { OperatorFile } from '../../local/operator-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const FILE: OperatorFile = {
  pid: 1, url: 'http://127.0.0.1:8787', endpoint: 'http://127.0.0.1:1', region: 'us-east-1', accessKeyId: 'key', bucket: 'ledger',
  queueUrl: 'http://127.0.0.1:1/events', deadLettersUrl: 'http://127.0.0.1:1/dead-letters', mappingsPath: '/mappings.json', mappingsVersion: 'v1', archiveDays: 35,
};

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => folder.remove());

describe('operator.json', () => {
  it('comes back as it was written, readable to the owner alone, until it is removed', () => {
    const path = join(folder.path, 'operator.json');
    writeFileSync(path, 'of another run', { mode: 0o644 });

    const remove = writeOperatorFile(folder.path, FILE);

    expect(readOperatorFile(folder.path)).toEqual(FILE);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    remove();
    expect(existsSync(path)).toBe(false);
    expect(readOperatorFile(folder.path)).toBeUndefined();
  });

  it.each([
    ['no folder', () => join(folder.path, 'none')],
    ['half a file', () => written('{"pid": 1, "url"')],
    ['a file of something else', () => written('{"pid": 1}')],
    ['a file that is a list', () => written('[]')],
  ])('is undefined for %s', (_, path) => {
    expect(readOperatorFile(path())).toBeUndefined();
  });

  it('says what stands in its place', () => {
    const path = join(folder.path, 'operator.json');
    mkdirSync(path);

    expect(() => readOperatorFile(folder.path)).toThrow(new LocalRunError(`${path} is a folder, not a file. Move it away, and start the bridge with npm start.`));
  });

  it('says where it can not be written', () => {
    mkdirSync(join(folder.path, 'operator.json'));

    expect(() => writeOperatorFile(folder.path, FILE)).toThrow(/^The data folder .* can't be written to \(.*\)\. Set BRIDGE_DATA to a folder you can write to\.$/);
  });
});

function written(text: string): string {
  writeFileSync(join(folder.path, 'operator.json'), text);
  return folder.path;
}
