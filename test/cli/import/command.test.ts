import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runBridge } from '../../../cli/run.ts';
import { readMappingsFile } from '../../../lib/mappings-file.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { DEFAULT_MAPPING } from '../../lambda/forward/factories.ts';
import { ioDouble } from '../io-double.ts';

const SUBSCRIPTION = { name: 'Usage', trigger: 'type = "track"', settings: DEFAULT_MAPPING };

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

const pathOf = (name: string): string => join(folder.path, name);

async function run(words: string, input: unknown) {
  const double = ioDouble(folder.path, { input: JSON.stringify(input) });
  const status = await runBridge(words.split(' '), double.io);
  return { status, out: double.out(), err: double.err(), lines: double.outLines };
}

describe('bridge import', () => {
  it('prints the mappings to stdout and all else to stderr', async () => {
    const { status, out, err } = await run('import -', { data: { subscription: SUBSCRIPTION } });

    expect(JSON.parse(out)).toEqual({ $schema: './mappings.schema.json', mappings: [{ name: 'Usage', enabled: true, trigger: 'type = "track"', mapping: DEFAULT_MAPPING }] });
    expect(err).toContain('1 mapping imported.\n');
    expect(status).toBe(0);
  });

  it('writes a file that the bridge takes, with the schema as seen from it', async () => {
    mkdirSync(pathOf('billing'));

    const { status, out, err } = await run('import --out billing/mine.json', [SUBSCRIPTION]);

    expect(readMappingsFile(pathOf('billing/mine.json')).mappings).toHaveLength(1);
    expect(readFileSync(pathOf('billing/mine.json'), 'utf8')).toContain('"$schema": "../mappings.schema.json"');
    expect(readdirSync(pathOf('billing'))).toEqual(['mine.json']);
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(err).toContain('1 mapping imported into billing/mine.json.');
  });

  it('replaces a file only when told to', async () => {
    writeFileSync(pathOf('mine.json'), 'old');

    const refused = await run('import - --out mine.json', SUBSCRIPTION);
    expect(refused).toMatchObject({ status: 2, out: '', err: 'mine.json exists already. Add --force to replace it, or name another file.\n' });
    expect(readFileSync(pathOf('mine.json'), 'utf8')).toBe('old');

    expect(await run('import - --out mine.json --force', SUBSCRIPTION)).toMatchObject({ status: 0 });
    expect(readMappingsFile(pathOf('mine.json')).mappings).toHaveLength(1);
  });

  it('writes the file even with lint errors, shows them, and exits with 1', async () => {
    const { status, err } = await run('import - --out mine.json', { ...SUBSCRIPTION, trigger: 'type =' });

    expect(existsSync(pathOf('mine.json'))).toBe(true);
    expect(err).toMatch(/1 mapping imported into mine\.json\..*mine\.json: mappings\[0\]\.trigger: error/s);
    expect(status).toBe(1);
  });

  it('calls mappings that are in no file the imported ones', async () => {
    const { status, err } = await run('import -', { ...SUBSCRIPTION, trigger: 'type =' });

    expect(err).toContain('the imported mappings: mappings[0].trigger: error');
    expect(err).not.toContain('mappings.json');
    expect(status).toBe(1);
  });

  it('reads pages as one, and imports nothing when one is missing', async () => {
    const page = (name: string, current: string, next?: string) => JSON.stringify({ data: { subscriptions: [{ ...SUBSCRIPTION, name, trigger: `event = "${name}"` }], pagination: { current, next } } });
    writeFileSync(pathOf('1.json'), page('A', 'MA==', 'MQ=='));
    writeFileSync(pathOf('2.json'), page('B', 'MQ=='));

    expect(await run('import 1.json --out all.json', '')).toMatchObject({ status: 1, out: '', err: expect.stringMatching(/^1\.json: it is one page of several.*Nothing was imported\.\n$/s) });
    expect(existsSync(pathOf('all.json'))).toBe(false);
    expect(await run('import 1.json 2.json --out all.json', '')).toMatchObject({ status: 0 });
    expect(readMappingsFile(pathOf('all.json')).mappings.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('writes nothing when a subscription can\'t be imported', async () => {
    const { status, out, err } = await run('import - --out mine.json', [SUBSCRIPTION, { name: 'B' }]);

    expect(existsSync(pathOf('mine.json'))).toBe(false);
    expect(err).toMatch(/stdin: Subscription 2 "B" has no trigger.*Nothing was imported\.\n$/s);
    expect({ status, out }).toEqual({ status: 1, out: '' });
  });

  it('prints with --json nothing but a JSON object a line, the summary last', async () => {
    const { status, lines } = await run('import --json', [{ ...SUBSCRIPTION, settings: { ...DEFAULT_MAPPING, batch_size: 1 } }, { ...SUBSCRIPTION, actionSlug: 'other' }]);

    expect(lines()).toEqual([
      { mapping: { name: 'Usage', enabled: true, trigger: 'type = "track"', mapping: DEFAULT_MAPPING } },
      { note: expect.stringContaining('skipped') },
      { note: expect.stringContaining('"batch_size"') },
      { summary: { files: ['stdin'], imported: 1, problems: 0, notes: 2, findings: 0 } },
    ]);
    expect(status).toBe(0);
  });

  it.each([
    ['import none.json', 1, 'none.json does not exist.\n'],
    ['import - --out none/mine.json', 2, 'none/mine.json can\'t be written: the folder none does not exist. Create it, or name another.\n'],
  ])('says in words what is wrong with: %s', async (words, status, err) => {
    expect(await run(words, SUBSCRIPTION)).toMatchObject({ status, err, out: '' });
  });
});
