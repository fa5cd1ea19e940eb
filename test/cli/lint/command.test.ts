import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runBridge } from '../../../cli/run.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { DEFAULT_MAPPING } from '../../lambda/forward/factories.ts';
import { ioDouble } from '../io-double.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

async function lint(words: string, content: unknown) {
  writeFileSync(join(folder.path, 'mappings.json'), JSON.stringify(content));
  const double = ioDouble(folder.path);
  const status = await runBridge(['lint', ...words.split(' ').filter((word) => word !== '')], double.io);
  return { status, out: double.out(), err: double.err(), lines: double.outLines };
}

const file = (trigger: string, more: Readonly<Record<string, unknown>> = {}) => ({ mappings: [{ name: 'calls', trigger, mapping: DEFAULT_MAPPING, ...more }] });

describe('bridge lint', () => {
  it('has nothing to say about sound mappings', async () => {
    expect(await lint('', file('type = "track"'))).toMatchObject({ status: 0, out: 'mappings.json: 0 errors, 0 warnings, 0 acknowledged\n', err: '' });
  });

  it('shows an error with file, place and rule in lines of 80 characters, and exits with 1', async () => {
    const { status, out } = await lint('mappings.json', file('type ='));

    expect(out).toMatch(/^mappings\.json: mappings\[0\]\.trigger: error \S+/);
    expect(out).toMatch(/\nmappings\.json: 1 error, 0 warnings, 0 acknowledged\nEvery rule: docs\/lint\.md\n$/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(status).toBe(1);
  });

  it('shows what is acknowledged, and exits with 0', async () => {
    const trigger = 'type = "track" AND event = "call"';
    const { status, out } = await lint('', file(trigger, { acknowledge: ['upper-case-connective'] }));

    expect(out).toContain(': acknowledged ');
    expect(out).toContain('mappings.json: 0 errors, 0 warnings, 1 acknowledged\n');
    expect(status).toBe(0);
  });

  it('prints with --json a finding a line and the summary', async () => {
    const { status, lines } = await lint('--json', file('type ='));

    expect(lines()).toEqual([
      { finding: expect.objectContaining({ severity: 'error', mapping: 'calls', path: 'mappings[0].trigger', acknowledged: false, suggestion: expect.any(String) }) },
      { summary: { file: 'mappings.json', problems: 0, errors: 1, warnings: 0, acknowledged: 0 } },
    ]);
    expect(status).toBe(1);
  });

  it('shows a file that has not the shape of one', async () => {
    expect(await lint('', {})).toMatchObject({ status: 1, out: expect.stringContaining('expected a list of') });
    expect((await lint('--json', { mappings: 1 })).lines()[0]).toEqual({ problem: expect.stringContaining('mappings is 1') });
    expect((await lint('--json', { mappings: 1 })).lines()[1]).toEqual({ summary: { file: 'mappings.json', problems: 1, errors: 1, warnings: 0, acknowledged: 0 } });
  });

  it('prints nothing that would steer the terminal', async () => {
    const { out } = await lint('', file("type = 'tr\u009b2Jack'"));

    expect(out).toContain('tr\\u009b2Jack');
  });

  it('says in words that there is no file', async () => {
    expect(await lint('none.json', {})).toMatchObject({ status: 1, err: 'The mappings file none.json does not exist.\n', out: '' });
    const { status, err, lines } = await lint('none.json --json', {});
    expect(lines()).toEqual([{ problem: 'The mappings file none.json does not exist.' }, { summary: { file: 'none.json', problems: 1, errors: 1, warnings: 0, acknowledged: 0 } }]);
    expect({ status, err }).toEqual({ status: 1, err: '' });
  });
});
