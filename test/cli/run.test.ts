import { describe, expect, it } from '@jest/globals';

import { runBridge } from '../../cli/run.ts';
import { ioDouble } from './io-double.ts';

async function run(...words: readonly string[]) {
  const double = ioDouble('/nowhere');
  const status = await runBridge(words, double.io);
  return { status, out: double.out(), err: double.err() };
}

describe('runBridge', () => {
  it.each([[[]], [['preview']], [['lint']], [['import']]])('explains %j with an example, in 80 columns', async (command) => {
    const { status, out, err } = await run(...command, '--help');

    expect(out).toContain(`Usage: npm run bridge -- ${command.join('')}`);
    expect(out).toContain('Examples:\n  npm run bridge -- ');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it.each([
    ['no command', [], /Usage: npm run bridge/],
    ['a misspelt command', ['lnt'], /unknown command 'lnt'\n\(Did you mean lint\?\)/],
    ['an unknown option', ['lint', '--yson'], /unknown option '--yson'/],
    ['an option without its value', ['preview', '--mappings'], /argument missing/],
    ['too many files', ['lint', 'a', 'b'], /too many arguments/],
  ])('exits with 2 for %s, and says so on stderr', async (_, words, message) => {
    const { status, out, err } = await run(...words);

    expect(err).toMatch(message);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('says in words what is wrong with a setting', async () => {
    const double = ioDouble('/nowhere', { environment: { BRIDGE_BATCH_SIZE: '0' } });

    expect(await runBridge(['lint'], double.io)).toBe(1);
    expect(double.err()).toMatch(/^BRIDGE_BATCH_SIZE is 0; expected/);
  });
});
