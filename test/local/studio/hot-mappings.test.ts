import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openHotMappings, versionOf } from '../../../local/studio/hot-mappings.ts';
import type { HotMappings } from '../../../local/studio/hot-mappings.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { until } from '../../helpers/until.ts';
import { MAPPING, mappingsText } from './studio-world.ts';

const LOOK_EVERY_MS = 50;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let mappings: HotMappings;
let changes: string[];
let troubles: string[];

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'mappings.json');
  [changes, troubles] = [[], []];
  writeFileSync(path, mappingsText());
  mappings = openHotMappings({
    path,
    problemsOf: (text) => (text.includes('forbidden') ? ['a rule forbids it'] : []),
    onTrouble: (sentence) => troubles.push(sentence),
    lookEveryMs: LOOK_EVERY_MS,
  });
  mappings.watch((version) => changes.push(version));
});

afterEach(() => {
  mappings.stop();
  folder.remove();
});

const OTHER = mappingsText({ ...MAPPING, name: 'other' });

it('gives what the file says now, and keeps the versions from before', () => {
  const before = mappings.current();
  writeFileSync(path, OTHER);

  const after = mappings.current();

  expect(before.compiled.mappings.map(({ name }) => name)).toEqual(['all']);
  expect(after.compiled).toMatchObject({ version: versionOf(OTHER), mappings: [{ name: 'other' }] });
  expect(mappings.ofVersion(before.compiled.version)).toBe(before);
  expect(mappings.ofVersion('unknown')).toBeUndefined();
  expect(changes).toEqual([versionOf(OTHER)]);
});

it('compiles nothing anew while the file is as it was, or only touched', () => {
  const before = mappings.current();
  writeFileSync(path, mappingsText());

  expect(mappings.current()).toBe(before);
  expect(changes).toEqual([]);
});

it.each([
  ['is not JSON', () => writeFileSync(path, '{'), /JSON/],
  ['can\'t be compiled', () => writeFileSync(path, mappingsText({ ...MAPPING, trigger: ')' })), /trigger/],
  ['has errors of the linter', () => writeFileSync(path, mappingsText({ ...MAPPING, name: 'forbidden' })), /a rule forbids it/],
  ['was deleted', () => rmSync(path), /There is no file .* any more; put it back\./],
])('keeps what runs when the file %s, says so once, and goes on when it is mended', async (_, breakFile, words) => {
  const before = mappings.current();
  breakFile();

  expect(mappings.current()).toBe(before);
  expect(mappings.trouble()).toMatch(words);
  await until(() => troubles.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 4 * LOOK_EVERY_MS));
  expect(troubles).toEqual([expect.stringContaining('the mappings from before stay in use')]);

  writeFileSync(path, OTHER);
  expect(mappings.current().compiled.version).toBe(versionOf(OTHER));
  expect(mappings.trouble()).toBeUndefined();
});

it('has another stamp once the file is another one, broken ones and missing ones too', () => {
  const stamps = [mappings.stamp()];
  for (const change of [() => writeFileSync(path, OTHER), () => writeFileSync(path, '{'), () => rmSync(path), () => writeFileSync(path, OTHER)]) {
    change();
    stamps.push(mappings.stamp());
  }

  expect(new Set(stamps).size).toBe(stamps.length);
  expect(mappings.stamp()).toBe(stamps.at(-1));
});

it('sees a change by itself, without an event to map', async () => {
  writeFileSync(path, OTHER);

  await until(() => changes.length > 0);

  expect(changes).toEqual([versionOf(OTHER)]);
});

it('says nothing of a file that an editor was still writing', async () => {
  writeFileSync(path, OTHER.slice(0, 40));
  mappings.current();
  writeFileSync(path, OTHER);
  mappings.current();

  await new Promise((resolve) => setTimeout(resolve, 4 * LOOK_EVERY_MS));

  expect(troubles).toEqual([]);
});
