import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { compileMappings, readMappings } from '../../../lambda/mapping/index.ts';
import { DEFAULT_MAPPING, DEFAULT_TRIGGER } from './vectors.ts';

const entry = { name: 'Tracks', enabled: true, trigger: DEFAULT_TRIGGER, mapping: DEFAULT_MAPPING };

function textOf(...mappings: readonly unknown[]): string {
  return JSON.stringify({ $schema: './mappings.schema.json', mappings });
}

describe('compileMappings', () => {
  it('compiles the enabled entries, in order', () => {
    const { name, mapping } = entry;
    const text = textOf(entry, { ...entry, name: 'Off', enabled: false, trigger: 'not read' }, { name: 'Žlutý', trigger: 'type = "page"', mapping });
    const { version, mappings } = compileMappings(text);
    expect(version).toBe(createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex'));
    expect(mappings.map((compiled) => compiled.name)).toEqual([name, 'Žlutý']);
    expect(mappings.map((compiled) => compiled.matches({ type: 'page' }))).toEqual([false, true]);
    expect(mappings.map((compiled) => compiled.map({ messageId: 'm' }))).toEqual([{ transaction_id: 'm' }, { transaction_id: 'm' }]);
  });

  it.each([
    ['broken JSON', '{', "The mappings file isn't valid JSON: "],
    ['no mappings', '{}', 'must be an object whose "mappings" is an array, but that is nothing.'],
    ['not an object', '[]', 'must be an object whose "mappings" is an array'],
    ['an entry that is no object', textOf(entry, 7), 'Entry 1 of "mappings" must be an object, but it is a number.'],
    ['an entry without a name', textOf({ ...entry, name: undefined }), 'Entry 0 of "mappings" needs a "name" as text, but it is nothing.'],
    ['no trigger', textOf({ ...entry, trigger: null }), 'The mapping "Tracks" needs a "trigger" as text, but it is null.'],
    ['no mapping', textOf({ ...entry, mapping: 'x' }), 'The mapping "Tracks" needs a "mapping" that is an object, but it is text.'],
    ['another numbersAs', textOf({ ...entry, numbersAs: 'text' }), 'The mapping "Tracks" needs a "numbersAs" of "number" or "string".'],
    ['a trigger that can\'t be read', textOf({ ...entry, trigger: 'groupId' }), 'The mapping "Tracks" can\'t be used. The trigger "groupId" can\'t be read'],
    ['a mapping that can\'t be compiled', textOf({ ...entry, mapping: { a: { '@nope': 1 } } }), 'The mapping "Tracks" can\'t be used. The mapping\'s /a/@nope uses'],
  ])('refuses a file with %s', (_, text, sentence) => {
    expect(() => compileMappings(text)).toThrow(
      expect.objectContaining({ name: 'MappingsFileError', message: expect.stringContaining(sentence) }),
    );
  });
});

describe('readMappings', () => {
  let folder = '';
  const text = textOf(entry);
  const { version } = compileMappings(text);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mappings-'));
    writeFileSync(join(folder, 'mappings.json'), text);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads the file, of the expected version or of any', () => {
    expect(readMappings(join(folder, 'mappings.json')).version).toBe(version);
    expect(readMappings(join(folder, 'mappings.json'), version).mappings).toHaveLength(1);
  });

  it('refuses another version and says what to do', () => {
    expect(() => readMappings(join(folder, 'mappings.json'), 'abc')).toThrow(
      expect.objectContaining({ name: 'MappingsFileError', message: expect.stringMatching(/has version [0-9a-f]{64}, but abc was deployed\. Deploy again/) }),
    );
  });

  it('names the file that can\'t be read', () => {
    expect(() => readMappings(join(folder, 'none.json'))).toThrow(
      expect.objectContaining({ name: 'MappingsFileError', message: expect.stringContaining(join(folder, 'none.json')) }),
    );
  });
});
