import { describe, expect, it } from '@jest/globals';

import { runBridge } from '../../../cli/run.ts';
import { ioDouble } from '../io-double.ts';

async function run(...words: readonly string[]) {
  const double = ioDouble('/nowhere');
  const status = await runBridge(['deadletters', ...words], double.io);
  return { status, out: double.out(), err: double.err() };
}

describe('bridge deadletters', () => {
  it.each([[[]], [['list']], [['replay']]])('explains %j in 80 columns', async (words) => {
    const { status, out, err } = await run(...words, '--help');

    expect(out).toContain(`Usage: npm run bridge -- ${['deadletters', ...words].join(' ')}`);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('says what is not known of letters once SQS has moved them', async () => {
    expect((await run('replay', '--help')).out.replaceAll(/\s+/g, ' ')).toContain("under the SQS id a letter had before isn't linked with what follows, so trace it by its messageId");
  });

  it.each([
    [['list', '--limit', '0'], /Expected a whole number from 1 to 1000\./],
    [['list', '--limit', '1001'], /Expected a whole number from 1 to 1000\./],
    [['replay', '--rate', '0'], /Expected a number of events, at least 1\./],
    [['replay', '--local', '--stack', 'B'], /exclude each other/],
  ])('exits with 2 for %j', async (words, message) => {
    const { status, out, err } = await run(...words);

    expect(err).toMatch(message);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });
});
