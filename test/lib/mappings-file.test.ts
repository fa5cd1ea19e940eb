import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ConfigError } from '../../lib/config-error.ts';
import { parseMappings, readMappingsFile } from '../../lib/mappings-file.ts';

const ROOT = join(import.meta.dirname, '../..');

const SOUND = { name: 'Tracks', trigger: 'type = "track"', mapping: { transaction_id: { '@path': '$.messageId' } } };

function problemsOf(fileText: string): readonly string[] {
  try {
    parseMappings(fileText, 'mappings.json');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function problemsWith(...mappings: readonly unknown[]): readonly string[] {
  return problemsOf(JSON.stringify({ mappings }));
}

describe('parseMappings', () => {
  it('completes a mapping with its defaults', () => {
    const [mapping] = parseMappings(JSON.stringify({ $schema: './x.json', mappings: [SOUND] }), 'mappings.json');

    expect(mapping).toEqual({ ...SOUND, enabled: true, acknowledge: [], numbersAs: 'number' });
  });

  it('keeps what is written', () => {
    const written = { ...SOUND, enabled: false, acknowledge: ['constant-id'], numbersAs: 'number' };

    expect(parseMappings(JSON.stringify({ mappings: [SOUND, { ...written, name: 'Pages' }] }), 'mappings.json')[1]).toEqual({ ...written, name: 'Pages' });
  });

  it.each([
    ['[]', 'the file is []; expected an object with a list of mappings'],
    ['null', 'the file is null; expected an object with a list of mappings'],
    ['{}', 'mappings is missing; expected a list of mappings'],
    ['{"mappings": {}}', 'mappings is {}; expected a list of mappings'],
    ['{"mappings": []}', 'mappings is []; expected a list of one mapping or more'],
    ['{"mappings": [7]}', 'mappings[0] is 7; expected an object with name, trigger and mapping'],
  ])('refuses the file %s', (fileText, problem) => {
    expect(problemsOf(fileText)).toEqual([`mappings.json: ${problem}`]);
  });

  it('refuses what is not JSON', () => {
    expect(problemsOf('{"mappings": [}')[0]).toMatch(/^mappings\.json is not JSON: Unexpected token/);
  });

  it.each([
    [{ name: '' }, 'mappings[0].name is ""; expected a name'],
    [{ name: undefined }, 'mappings[0].name is missing; expected a name'],
    [{ trigger: 7 }, 'mappings[0].trigger is 7; expected a trigger, like type = "track"'],
    [{ trigger: '' }, 'mappings[0].trigger is ""; expected a trigger, like type = "track"'],
    [{ mapping: undefined }, 'mappings[0].mapping is missing; expected an object with the fields of a usage event'],
    [{ mapping: [1] }, 'mappings[0].mapping is [1]; expected an object with the fields of a usage event'],
    [{ enabled: 'no' }, 'mappings[0].enabled is "no"; expected true or false'],
    [{ acknowledge: 'constant-id' }, 'mappings[0].acknowledge is "constant-id"; expected a list of lint rule ids'],
    [{ acknowledge: [1] }, 'mappings[0].acknowledge[0] is 1; expected the id of a lint rule'],
    [{ numbersAs: 'float' }, 'mappings[0].numbersAs is "float"; expected "number"'],
    [{ triger: 'x' }, 'unknown key "triger" in mappings[0]; did you mean "trigger"?'],
    [{ zzz: 1 }, 'unknown key "zzz" in mappings[0]; known are "name", "enabled", "trigger", "mapping", "acknowledge", "numbersAs"'],
    [{ numbersAs: 'string' }, 'mappings[0]: numbersAs "string" is not supported yet; remove it or set "number"'],
  ])('refuses a mapping with %j', (changes, problem) => {
    expect(problemsWith({ ...SOUND, ...changes })).toEqual([`mappings.json: ${problem}`]);
  });

  it('refuses an unknown key beside the mappings', () => {
    expect(problemsOf(JSON.stringify({ mappings: [SOUND], schema: 'x' }))).toEqual(['mappings.json: unknown key "schema"; did you mean "$schema"?']);
  });

  it('refuses a name that is taken', () => {
    expect(problemsWith(SOUND, { ...SOUND, name: 'Pages' }, SOUND)).toEqual(['mappings.json: mappings[2].name is "Tracks", as is mappings[0].name; expected a name of its own']);
  });

  it('refuses a trigger that can not be read', () => {
    const [problem] = problemsWith(SOUND, { ...SOUND, name: 'Pages', trigger: '((' });

    expect(problem).toMatch(/^mappings\.json: mappings\[1\]\.trigger: .*\(\(/);
  });

  it('refuses a directive that does not exist', () => {
    expect(problemsWith({ ...SOUND, mapping: { customer_id: { '@paht': '$.userId' } } })[0]).toMatch(/^mappings\.json: mappings\[0\]\.mapping: .*@paht/);
  });

  it('leaves a disabled mapping uncompiled, as the forward function does', () => {
    expect(problemsWith({ ...SOUND, enabled: false, trigger: '((', mapping: { customer_id: { '@paht': 1 } } })).toEqual([]);
  });

  it('reports every problem at once', () => {
    expect(problemsWith({ ...SOUND, trigger: '((', numbersAs: 'string' }, { ...SOUND, mapping: { a: { '@b': 1 } } })).toHaveLength(4);
  });
});

describe('readMappingsFile', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-mappings-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes the mappings the project comes with: the defaults of the hosted destination', () => {
    const path = join(ROOT, 'mappings.json');

    const file = readMappingsFile(path);

    expect(file.mappings).toEqual([
      {
        name: 'Send track events to Metronome',
        enabled: true,
        trigger: 'type = "track"',
        mapping: {
          transaction_id: { '@path': '$.messageId' },
          customer_id: { '@path': '$.context.groupId' },
          timestamp: { '@path': '$.timestamp' },
          event_type: { '@path': '$.event' },
          properties: { '@path': '$.properties' },
        },
        acknowledge: [],
        numbersAs: 'number',
      },
    ]);
    expect(file).toMatchObject({ path, version: createHash('sha256').update(readFileSync(path)).digest('hex') });
  });

  it('knows a version by its bytes', () => {
    const path = join(folder, 'mappings.json');
    writeFileSync(path, JSON.stringify({ mappings: [SOUND] }));
    const before = readMappingsFile(path).version;
    writeFileSync(path, `${JSON.stringify({ mappings: [SOUND] })}\n`);

    expect(readMappingsFile(path).version).not.toBe(before);
  });

  it('refuses a file that is missing, with the setting that names it', () => {
    const path = join(folder, 'none.json');

    expect(() => readMappingsFile(path)).toThrow(expect.objectContaining({ name: 'ConfigError', message: expect.stringContaining(path) }));
    expect(() => readMappingsFile(path)).toThrow('point the setting "mappings" at it');
  });

  it('refuses bytes that are not UTF-8: the function would hash another text', () => {
    const path = join(folder, 'latin1.json');
    writeFileSync(path, Buffer.from(JSON.stringify({ mappings: [{ ...SOUND, name: 'Verkäufe' }] }), 'latin1'));

    expect(() => readMappingsFile(path)).toThrow('is not UTF-8');
  });
});
