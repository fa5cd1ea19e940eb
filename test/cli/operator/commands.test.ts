import { describe, expect, it } from '@jest/globals';

import { runBridge } from '../../../cli/run.ts';
import { ioDouble } from '../io-double.ts';

async function run(...words: readonly string[]) {
  const double = ioDouble('/nowhere');
  const status = await runBridge(words, double.io);
  return { status, out: double.out(), err: double.err() };
}

describe.each(['trace', 'reconcile', 'replay', 'quarantine list', 'quarantine show', 'quarantine replay'])('bridge %s', (name) => {
  it('explains itself with examples, in 80 columns', async () => {
    const { status, out, err } = await run(...name.split(' '), '--help');

    expect(out).toContain(`Usage: npm run bridge -- ${name}`);
    expect(out).toMatch(/Examples?:\n {2}npm run bridge -- /);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });
});

describe('runBridge', () => {
  it.each([
    [['trace'], /missing required argument 'id'/],
    [['trace', ''], /Expected an id; this one is empty\./],
    [['quarantine', 'show', ' '], /Expected an id; this one is empty\./],
    [['trace', 'a', '--hours', '0'], /Expected hours, over 0 and up to 2160\./],
    [['trace', 'a', '--hours', 'day'], /Expected hours/],
    [['trace', 'a', '--around', 'noon'], /Expected now, or a time with its zone, like 2026-11-22T12:00:00Z\./],
    [['trace', 'a', '--target', 'sandbox'], /^--target is of the local run: give --local, too\.$/m],
    [['trace', 'a', '--local', '--target', 'moon'], /Allowed choices are sandbox, metronome\./],
    [['trace', 'a', '--local', '--stack', 'B'], /^--local and --stack exclude each other: give one of them\.$/m],
    [['trace', 'a', '--local', '--prefix', 'Usage'], /^--prefix is of a deployed stack: leave it out with --local\.$/m],
    [['trace', 'a', '--prefix', 'usage-'], /Expected letters and digits/],
    [['reconcile', '--day', '2026-02-30'], /Expected a day like 2026-11-21\./],
    [['reconcile', '--day', '2026-11-23'], /That day has not begun, in UTC\./],
    [['reconcile', '--local', '--stack', 'B'], /exclude each other/],
  ])('exits with 2 for %j', async (words, message) => {
    const { status, out, err } = await run(...words);

    expect(err).toMatch(message);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('says that no local bridge runs, and how to start one', async () => {
    expect(await run('trace', 'a', '--local')).toEqual({ status: 1, out: '', err: 'No local bridge runs on .bridge; start one with npm start.\n' });
    expect(await run('reconcile', '--local', '--target', 'metronome')).toEqual({ status: 1, out: '', err: 'No local bridge for metronome runs on .bridge; start one with npm start.\n' });
  });
});
