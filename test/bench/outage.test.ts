import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { SCENARIO_DEFAULTS } from '../../bench/outage/scenario.ts';
import type { Scenario } from '../../bench/outage/scenario.ts';
import { isAllDelivered } from '../../bench/outage/report.ts';
import { simulate } from '../../bench/outage/simulate.ts';
import type { OutageResult } from '../../bench/outage/simulate.ts';
import { loadSettings } from '../../lib/config.ts';
import { simulateObjects } from './object-simulation.ts';

const HOUR_SECONDS = 3_600;
/** The settings that docs/scaling.md names for these rates. */
const FOR_25_000 = ['maxConcurrency=80', 'batchSize=300', 'metronomeEventsPerSecond=23750'];
const FOR_A_TENTH_OF_110_000 = ['maxConcurrency=40', 'batchSize=300', 'metronomeEventsPerSecond=10900', 'retryDelaysMinutes=6,12,18'];

const run = promisify(execFile);

/** Through the command, in a process of its own: there a long run takes a tenth of the time that it takes inside Jest. */
async function outage(...words: readonly string[]): Promise<OutageResult> {
  const { stdout } = await run(process.execPath, ['bench/outage.ts', '--json', ...words]).catch(resultOfStatus1);
  const { result }: { result: OutageResult } = JSON.parse(stdout);
  return result;
}

/** Exit status 1 says that not every event was delivered. */
function resultOfStatus1(error: { readonly code: number; readonly stdout: string; readonly stderr: string }): { stdout: string } {
  if (error.code === 1 && error.stdout !== '') return error;
  throw new Error(error.stderr);
}

function scenario(overrides: Partial<Omit<Scenario, 'settings'>>, settings: Readonly<Record<string, string>> = {}): Scenario {
  return { ...SCENARIO_DEFAULTS, ...overrides, settings: loadSettings({ overrides: settings, overrideSource: (key) => key }) };
}

describe('72 hours without Metronome, at 1,000 events a second', () => {
  it('leave no dead letter, and drain at 90 % and more of an account of 5,000 a second, or in little over 3 hours into one of 25,000', async () => {
    // The default settings, and those that docs/scaling.md names for such an account.
    const [slow, fast] = await Promise.all([outage(), outage('--account-rate', '25000', ...FOR_25_000)]);

    for (const { fates, peakBacklog, shareOfAccount, rateLimited } of [slow, fast]) {
      expect(fates).toMatchObject({ dead: 0, quarantined: 0, expired: 0 });
      expect(peakBacklog).toBeGreaterThan(259_000_000);
      expect(shareOfAccount).toBeGreaterThanOrEqual(0.9);
      expect(rateLimited).toBe(0);
    }
    expect(slow.drainSeconds).toBeLessThan(20 * HOUR_SECONDS);
    expect(fast.drainSeconds).toBeLessThan(3.5 * HOUR_SECONDS);
  }, 120_000);
});

describe('an outage with the default settings', () => {
  it.each([
    ['72 hours at 10 events a second', ['--rate', '10']],
    ['an hour at 1,000 a second', ['--hours', '1']],
    ['an hour at 1,000 a second, in the order of chance', ['--hours', '1', '--order', 'random']],
    ['and a restart storm after it', ['--hours', '3', '--restart-storm']],
    ['and an account that takes less than forward sends', ['--hours', '1', '--rate', '100', '--account-rate', '1000']],
  ])('%s: everything is delivered', async (_name, words) => {
    const result = await outage(...words);

    expect(isAllDelivered(result)).toBe(true);
    expect(result.mostReceives).toBeLessThan(80);
  }, 60_000);

  it('sends an ailing Metronome at most 20 requests a second, though 1,000 events a second come', async () => {
    const result = await outage('--hours', '6');

    expect(result.busiestMinuteWhileDown).toBeLessThan(20 * 60);
    expect(result.requestsWhileDown).toBeLessThan(6 * HOUR_SECONDS * 2);
  }, 60_000);
});

describe('429 without end', () => {
  it('goes from short delays to long ones: no event gets near its last receive within half a day', async () => {
    const result = await outage('--hours', '0.1', '--rate', '20', '--account-rate', '15', '--patience', '12');

    expect(result.drainSeconds).toBeUndefined();
    expect(result.rateLimited).toBeGreaterThan(1_000);
    expect(result.fates).toMatchObject({ dead: 0, quarantined: 0, expired: 0 });
    expect(result.mostReceives).toBeGreaterThan(20);
    expect(result.mostReceives).toBeLessThanOrEqual(20 + 12);
  }, 60_000);
});

describe('a function that cannot start', () => {
  it('for 8 hours costs about 80 receives of 300', async () => {
    const result = await outage('--cannot-start', '8h');

    expect(isAllDelivered(result)).toBe(true);
    expect(result.mostReceives).toBeGreaterThanOrEqual(79);
    expect(result.mostReceives).toBeLessThanOrEqual(81);
  }, 60_000);

  it('for over 30 hours makes dead letters, and no more than are in flight', async () => {
    const [before, after] = await Promise.all(['29h', '31h'].map((hours) => outage('--cannot-start', hours, '--rate', '10')));

    expect(before?.fates.dead).toBe(0);
    expect(after?.fates.dead).toBeGreaterThan(0);
    expect(after?.fates.dead).toBeLessThanOrEqual(SCENARIO_DEFAULTS.inFlightLimit);
  }, 60_000);
});

describe('100,000 events a second and an hour of outage', () => {
  it('are ten bridges of 10,000: each keeps its quota in flight, and drains into its tenth of 110,000', async () => {
    const result = await outage('--hours', '1', '--rate', '10000', '--account-rate', '11000', '--patience', '3', ...FOR_A_TENTH_OF_110_000);

    expect(result.fates).toMatchObject({ dead: 0, quarantined: 0, expired: 0 });
    expect(result.peakInFlight).toBeLessThanOrEqual(SCENARIO_DEFAULTS.inFlightLimit);
    expect(result.shareOfAccount).toBeGreaterThanOrEqual(0.9);
  }, 60_000);
});

describe('the model', () => {
  it('gives the same result for the same seed, and another for another', () => {
    const play = (seed: number): string => JSON.stringify(simulate(scenario({ troubleHours: 0.2, eventsPerSecond: 50, seed })));

    expect(play(7)).toBe(play(7));
    expect(play(7)).not.toBe(play(8));
  });

  it('loses what the queue keeps no longer, and says so', async () => {
    const { fates, waiting, accepted } = await outage('--hours', '340', '--rate', '0.01', '--in-flight', '1');

    expect(fates.expired).toBeGreaterThan(0);
    expect(fates.delivered + fates.expired + fates.quarantined + fates.dead + waiting).toBe(accepted);
  }, 60_000);

  it('agrees with a simulation of single events that sends with sendUsage itself', async () => {
    const cases = fc.record({
      trouble: fc.constantFrom('metronome_down' as const, 'cannot_start' as const),
      order: fc.constantFrom('most-received' as const, 'random' as const),
      maxReceiveCount: fc.constantFrom(4, 30),
      batchSize: fc.constantFrom(20, 150, 300),
      inFlightLimit: fc.constantFrom(300, 100_000),
      accountEventsPerSecond: fc.constantFrom(150, 400),
      seed: fc.nat({ max: 1_000 }),
    });
    const agree = async ({ maxReceiveCount, batchSize, ...varied }: (typeof cases extends fc.Arbitrary<infer T> ? T : never)): Promise<void> => {
      const settings = {
        retryDelaysMinutes: '0.5,1,2',
        maxConcurrency: '3',
        batchWindowSeconds: '2',
        metronomeEventsPerSecond: '300',
        visibilityTimeoutSeconds: '60',
        maxReceiveCount: String(maxReceiveCount),
        batchSize: String(batchSize),
      };
      const small = scenario({ ...varied, troubleHours: 0.2, eventsPerSecond: 4 }, settings);

      const counts = simulate(small);
      const objects = await simulateObjects(small);

      expect(near(counts.receives / counts.accepted, objects.receives / objects.accepted, 0.15)).toBe(true);
      expect(near(counts.fates.dead, objects.dead, 0.15, 100)).toBe(true);
      expect(near(counts.requestsWhileDown, objects.requestsWhileDown, 0.1, 10)).toBe(true);
      expect(near(counts.drainSeconds ?? Infinity, objects.drainSeconds, 0.1, 60)).toBe(true);
      expect(Math.abs(counts.mostReceives - objects.mostReceives)).toBeLessThanOrEqual(2);
    };

    await fc.assert(fc.asyncProperty(cases, agree), { numRuns: 8, seed: 1 });
  });
});

describe('node bench/outage.ts', () => {
  it('prints the costs of an outage', async () => {
    const { stdout } = await run(process.execPath, ['bench/outage.ts', '--hours', '0.5', '--rate', '10', 'maxConcurrency=2']);

    expect(stdout).toMatch(/dead letters +0\n/);
    expect(stdout).toMatch(/requests while it was down +\d/);
  });

  it.each([
    [['maxConcurency=2'], 'did you mean maxConcurrency?'],
    [['--rate', 'fast'], '--rate is "fast"; expected a number over 0'],
    [['--hours', '1', '--cannot-start', '8h'], '--hours and --cannot-start exclude each other'],
    [['--order', 'oldest'], 'expected most-received or random'],
  ])('says what is wrong with %j', async (words, sentence) => {
    const failed = run(process.execPath, ['bench/outage.ts', ...words]);

    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) });
  });
});

/** Within a part of the larger one, or within so many. */
function near(one: number, other: number, part: number, within = 0): boolean {
  return Math.abs(one - other) <= Math.max(within, part * Math.max(one, other));
}
