import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ConfigError } from '../../lib/config-error.ts';
import { checkMappingsText, readMappingsFile, warningsOf } from '../../lib/mappings-file.ts';
import { PROJECT_FOLDER } from '../helpers/project.ts';

const FIELDS = {
  transaction_id: { '@path': '$.messageId' },
  customer_id: { '@path': '$.context.groupId' },
  timestamp: { '@path': '$.timestamp' },
  event_type: { '@path': '$.event' },
  properties: { '@path': '$.properties' },
};
const SOUND = { name: 'Tracks', trigger: 'type = "track"', mapping: FIELDS };
const PAGES = { name: 'Pages', trigger: 'type = "page"', mapping: FIELDS };

function problemsOf(fileText: string): readonly string[] {
  return checkMappingsText(fileText, 'mappings.json').problems;
}

function problemsWith(...mappings: readonly unknown[]): readonly string[] {
  return problemsOf(JSON.stringify({ mappings }));
}

describe('checkMappingsText', () => {
  it('completes a mapping with its defaults', () => {
    const { mappings } = checkMappingsText(JSON.stringify({ $schema: './x.json', mappings: [SOUND] }), 'mappings.json');

    expect(mappings).toEqual([{ ...SOUND, enabled: true, acknowledge: [], numbersAs: 'number' }]);
  });

  it('keeps what is written', () => {
    const written = { ...PAGES, enabled: false, acknowledge: ['constant-customer-id'], numbersAs: 'string' };

    expect(checkMappingsText(JSON.stringify({ mappings: [SOUND, written] }), 'mappings.json')).toMatchObject({ mappings: [{}, written], problems: [], findings: [] });
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
    [{ numbersAs: 'float' }, 'mappings[0].numbersAs is "float"; expected "number" or "string"'],
    [{ triger: 'x' }, 'unknown key "triger" in mappings[0]; did you mean "trigger"?'],
    [{ zzz: 1 }, 'unknown key "zzz" in mappings[0]; known are "name", "enabled", "trigger", "mapping", "acknowledge", "numbersAs"'],
  ])('refuses a mapping with %j', (changes, problem) => {
    expect(problemsWith({ ...SOUND, ...changes })).toEqual([`mappings.json: ${problem}`]);
  });

  it('refuses an unknown key beside the mappings', () => {
    expect(problemsOf(JSON.stringify({ mappings: [SOUND], schema: 'x' }))).toEqual(['mappings.json: unknown key "schema"; did you mean "$schema"?']);
  });

  it('refuses a name that is taken', () => {
    expect(problemsWith(SOUND, PAGES, SOUND)).toEqual(['mappings.json: mappings[2].name is "Tracks", as is mappings[0].name; expected a name of its own']);
  });

  it('lints what has the right shape', () => {
    const { problems, findings } = checkMappingsText(JSON.stringify({ mappings: [SOUND, { ...PAGES, trigger: '((' }] }), 'mappings.json');

    expect({ problems, findings }).toMatchObject({ problems: [], findings: [{ rule: 'trigger-unreadable', mapping: 'Pages', path: 'mappings[1].trigger' }] });
  });

  it.each([
    ['{"mappings": [], "mappings": [SOUND]}', 'the file has the key "mappings" twice'],
    ['{"mappings": [{"trigger": "x", SOUND_MEMBERS}]}', 'mappings[0] has the key "trigger" twice'],
    ['{"mappings": [{"mapping": {"customer_id": {"@path": "$.a", "@path": "$.b"}}, "x": SOUND}]}', 'mappings[0].mapping.customer_id has the key "@path" twice'],
  ])('refuses a key that is there twice, of which only the last would count: %s', (template, problem) => {
    const fileText = template.replace('SOUND_MEMBERS', JSON.stringify(SOUND).slice(1, -1)).replace('SOUND', JSON.stringify(SOUND));

    expect(problemsOf(fileText)).toContain(`mappings.json: ${problem}, and only the last would count; remove one`);
  });

  it.each([
    ['"customer_id": 12345678901234567890', 'the number 12345678901234567890 at "customer_id" has more digits than JavaScript keeps, and would become 12345678901234567000'],
    ['"properties": {"plan": [-9007199254740993]}', 'the number -9007199254740993 at "0" has more digits than JavaScript keeps, and would become -9007199254740992'],
  ])('refuses a constant that would be billed as another: %s', (member, problem) => {
    const fileText = `{"mappings": [{"name": "a", "trigger": "type = \\"track\\"", "mapping": {"transaction_id": {"@path": "$.messageId"}, ${member}}}]}`;

    expect(problemsOf(fileText)).toContain(`mappings.json: ${problem}; write it as text, in quotes`);
  });

  it.each(['9007199254740991', '1.50', '1e21', '"12345678901234567890"', '0.1234567890123456789'])('takes the constant %s', (constant) => {
    const fileText = `{"mappings": [{"name": "a", "trigger": "type = \\"track\\"", "mapping": {"properties": {"plan": ${constant}}}}]}`;

    expect(problemsOf(fileText).filter((problem) => problem.includes('digits'))).toEqual([]);
  });

  it.each([10_000, 1_000_000])('says of %i levels what is wrong, too', (levels) => {
    expect(() => problemsOf(`${'['.repeat(levels)}12345678901234567890${']'.repeat(levels)}`)).not.toThrow();
  });

  it('refuses a byte order mark, with the next step', () => {
    expect(problemsOf(`\uFEFF${JSON.stringify({ mappings: [SOUND] })}`)).toEqual(['mappings.json begins with a byte order mark; save it as UTF-8 without a byte order mark']);
  });

  it('shows 60 characters of a wrong value', () => {
    expect(problemsWith({ ...SOUND, trigger: ['x'.repeat(1000)] })).toEqual([`mappings.json: mappings[0].trigger is ["${'x'.repeat(58)}…; expected a trigger, like type = "track"`]);
  });

  it('reports every problem at once', () => {
    expect(problemsWith({ ...SOUND, trigger: 7, numbersAs: 'float' }, { ...PAGES, triger: 'x' })).toHaveLength(3);
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
    const path = join(PROJECT_FOLDER, 'mappings.json');

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

  it('refuses a byte order mark: the function would hash and parse it', () => {
    const path = join(folder, 'marked.json');
    writeFileSync(path, `\uFEFF${JSON.stringify({ mappings: [SOUND] })}`);

    expect(() => readMappingsFile(path)).toThrow('without a byte order mark');
  });

  it('refuses a key that is there twice, also where its rule is acknowledged', () => {
    const path = join(folder, 'twice.json');
    writeFileSync(path, JSON.stringify({ mappings: [SOUND] }).replace('"trigger"', '"acknowledge":[],"trigger":"event = 1","trigger"'));

    expect(() => readMappingsFile(path)).toThrow('has the key "trigger" twice');
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

  function written(...mappings: readonly unknown[]): string {
    const path = join(folder, 'mine.json');
    writeFileSync(path, JSON.stringify({ mappings }));
    return path;
  }

  function problemsIn(path: string): readonly string[] {
    try {
      readMappingsFile(path);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  }

  it('refuses an error of the linter, with file, place, rule, sentence, suggestion and how to keep it', () => {
    const path = written(SOUND, { ...PAGES, mapping: { ...FIELDS, event_type: { '@paht': '$.name' } } }, { ...SOUND, name: 'Loud', trigger: 'type = "screen" AND event = "A"' });

    expect(problemsIn(path)).toEqual([
      `${path}: mappings[2].trigger: error upper-case-connective ("Loud")\n` +
        "  The trigger's AND is skipped: only lower-case and/or count.\n" +
        '  Write type = "screen" and event = "A". If it is meant, add "upper-case-connective" to this mapping\'s "acknowledge".',
      `${path}: mappings[1].mapping.event_type.@paht: error unknown-directive ("Pages")\n  The directive @paht doesn't exist.\n  Did you mean @path?`,
    ]);
  });

  it('lets pass what is acknowledged, and keeps it among the findings', () => {
    const path = written({ ...SOUND, mapping: { ...FIELDS, transaction_id: 'one' }, acknowledge: ['constant-transaction-id'] });

    const file = readMappingsFile(path);

    expect(file.findings).toMatchObject([{ rule: 'constant-transaction-id', severity: 'error', acknowledged: true }]);
    expect(warningsOf(file)).toEqual([`${path}: acknowledged: constant-transaction-id, "Tracks"`]);
  });

  it('says nothing of a warning that is acknowledged', () => {
    const file = readMappingsFile(written({ ...SOUND, mapping: { ...FIELDS, customer_id: 'acme' }, acknowledge: ['constant-customer-id'] }));

    expect(warningsOf(file)).toEqual([]);
  });

  it('lets warnings pass, to be shown', () => {
    const file = readMappingsFile(written({ ...SOUND, mapping: { ...FIELDS, customer_id: 'acme' } }));

    expect(warningsOf(file)).toEqual([expect.stringContaining('warning constant-customer-id ("Tracks")')]);
  });

  it('refuses a file that enables nothing', () => {
    expect(problemsIn(written({ ...SOUND, enabled: false }))).toEqual([expect.stringContaining('error no-enabled-mapping')]);
  });
});
