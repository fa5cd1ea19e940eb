import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runBridge } from '../../../cli/run.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { ioDouble } from '../io-double.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

async function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const double = ioDouble(folder.path, { environment });
  const status = await runBridge(['doctor', ...words], double.io);
  return { status, out: double.out(), err: double.err() };
}

describe('bridge doctor', () => {
  it('explains itself with examples, in 80 columns', async () => {
    const { status, out, err } = await run(['--help']);

    expect(out).toContain('Usage: npm run bridge -- doctor');
    expect(out).toContain('--send-event');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('It counts as accepted, and so ends the alarm Silence');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it.each([
    [['--local', '--stack', 'B'], /exclude each other/],
    [['--target', 'sandbox'], /give --local, too/],
    [['--webhook', 'bridge.example.com'], /--webhook expects an address like/],
    [['everything'], /too many arguments/],
  ])('exits with 2 for %j, and checks nothing', async (words, message) => {
    const { status, out, err } = await run(words);

    expect(err).toMatch(message);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });
});

describe('bridge doctor --local, while no bridge runs', () => {
  it('checks what there is', async () => {
    writeFileSync(join(folder.path, 'mappings.json'), '{"mappings": []}');
    const { status, out } = await run(['--local'], { SEGMENT_SHARED_SECRET: 'short' });

    expect(out).toBe(`\
ok    settings          Valid.
FAIL  mappings          mappings.json has 1 error and 0 warnings.
      npm run bridge -- lint
ok    data folder       .bridge can be written to.
warn  local bridge      No local bridge runs on .bridge; start one with npm
                        start.
      While one runs, webhook, queues and quarantine are checked, too.
warn  Segment secret    It has under 16 characters, and may be guessed.
      Set SEGMENT_SHARED_SECRET in this environment, as it is for npm start.
ok    endpoint token    Set.
ok    Metronome         Not needed while no bridge runs: it is the sandbox.
ok    Metronome token   Not needed while no bridge runs: it is for the sandbox.

8 checks: 5 ok, 2 warnings, 1 failed.
`);
    expect(status).toBe(1);
  });

  it.each([
    ['settings that are wrong', { BRIDGE_BATCH_SIZE: '0' }, /^FAIL {2}settings +BRIDGE_BATCH_SIZE is 0; expected/m],
    ['variables of npm start that are wrong', { BRIDGE_PORT: 'x' }, /^FAIL {2}settings +BRIDGE_PORT is "x"; expected/m],
    ['a mappings file that is not there', {}, /^FAIL {2}mappings +The mappings file mappings\.json/m],
  ])('says what is wrong with %s, and goes on', async (_, environment, says) => {
    const { status, out } = await run(['--local'], environment);

    expect(out).toMatch(says);
    expect(out).toMatch(/^ok {4}data folder/m);
    expect(status).toBe(1);
  });

  it('says that a file is where the data folder should be', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const { out } = await run(['--local'], { BRIDGE_DATA: 'file/data' });

    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/FAIL data folder file\/data can't be used: \S+ is a file\. Set BRIDGE_DATA/);
  });
});
