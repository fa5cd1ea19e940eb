import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { PROJECT_FOLDER, programArguments } from '../helpers/project.ts';

/** Two functions are bundled for real. */
const BUNDLING_MS = 120_000;

describe('bin/app.ts', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-app-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** As the CDK command line starts it, with nothing of an AWS account around. */
  function runApp(context: Readonly<Record<string, unknown>>) {
    const { PATH } = process.env;
    const environment = { PATH, CDK_OUTDIR: join(folder, 'cdk.out'), CDK_CONTEXT_JSON: JSON.stringify(context) };
    return spawnSync(process.execPath, programArguments('app.ts'), { cwd: PROJECT_FOLDER, env: environment, encoding: 'utf8' });
  }

  it('refuses settings in plain lines', () => {
    const { status, stderr, stdout } = runApp({ arhiveDays: '3', batchSize: '0' });

    expect(stderr.trimEnd().split('\n')).toEqual([
      'unknown setting -c arhiveDays; did you mean -c archiveDays?',
      '-c batchSize is 0; expected a whole number of events from 1 to 10000',
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('refuses mappings in plain lines', () => {
    const path = join(folder, 'mine.json');
    writeFileSync(path, '{"mappings": []}');

    const { status, stderr } = runApp({ mappings: path });

    expect({ status, stderr }).toEqual({ status: 1, stderr: `${path}: mappings is []; expected a list of one mapping or more\n` });
  });

  const FIELDS = {
    transaction_id: { '@path': '$.messageId' },
    customer_id: { '@path': '$.context.groupId' },
    timestamp: { '@path': '$.timestamp' },
    event_type: { '@path': '$.event' },
    properties: { '@path': '$.properties' },
  };

  function mappingsFile(changes: { readonly trigger?: string; readonly mapping?: Readonly<Record<string, unknown>> }): string {
    const path = join(folder, 'mine.json');
    const entry = { name: 'Mine', trigger: 'type = "track"', ...changes, mapping: { ...FIELDS, ...changes.mapping } };
    writeFileSync(path, JSON.stringify({ mappings: [entry] }));
    return path;
  }

  it.each([
    ['a misspelt directive', { mapping: { event_type: { '@paht': '$.event' } } }, ['mappings[0].mapping.event_type.@paht', 'unknown-directive', 'Did you mean @path?']],
    ['a missing field', { mapping: { customer_id: undefined } }, ['mappings[0].mapping', 'missing-field', 'Add "customer_id".']],
    ['a bad trigger', { trigger: 'type = "trakc"' }, ['mappings[0].trigger', 'unknown-event-type', 'Write type = "track".']],
  ])('stops at %s, with file, place, rule and suggestion', (_, changes, words) => {
    const path = mappingsFile(changes);

    const { status, stderr } = runApp({ mappings: path });

    expect(status).toBe(1);
    for (const word of [path, ...words]) expect(stderr).toContain(word);
  });

  it(
    'shows a warning of the linter, and goes on',
    () => {
      const { status } = runApp({ stackName: 'Trial', mappings: mappingsFile({ mapping: { customer_id: 'acme' } }) });

      const shown = readdirSync(join(folder, 'cdk.out')).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(folder, 'cdk.out', name), 'utf8'));
      expect({ status, isShown: shown.some((text) => text.includes('warning constant-customer-id')) }).toEqual({ status: 0, isShown: true });
    },
    BUNDLING_MS,
  );

  it(
    'makes bundles that load, with the mappings beside the one that needs them',
    () => {
      const { status, stderr } = runApp({ stackName: 'Trial' });
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });

      const written = readdirSync(join(folder, 'cdk.out'));
      const assets = written.filter((name) => name.startsWith('asset.'));
      expect(written).toContain('Trial.template.json');
      const contents = assets.map((asset) => readdirSync(join(folder, 'cdk.out', asset)).toSorted());
      expect(contents.toSorted((a, b) => a.length - b.length)).toEqual([['index.js'], ['index.js', 'mappings.json']]);

      for (const [index, asset] of assets.entries()) {
        const bundle = join(folder, 'cdk.out', asset);
        const loaded = spawnSync(process.execPath, ['-e', `import(${JSON.stringify(join(bundle, 'index.js'))}).then((bundle) => console.log(typeof bundle.handler))`], { encoding: 'utf8' });
        expect(loaded).toMatchObject({ stdout: 'function\n', stderr: '', status: 0 });
        if (contents[index]?.includes('mappings.json')) {
          expect(readFileSync(join(bundle, 'mappings.json'))).toEqual(readFileSync(join(PROJECT_FOLDER, 'mappings.json')));
        }
      }
    },
    BUNDLING_MS,
  );
});
