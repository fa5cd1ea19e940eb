import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { forwardLimit, forwardRunSeconds, hiddenLimit, ingestAtOnce, ingestLimit, ingestSeconds, largestInFullBatch, mostRunsPerSecond, secretReadsPerSecond, WEBHOOK_SIZES } from '../../bench/scaling/capacity.ts';
import { readingSeconds, reconcileLimit } from '../../bench/scaling/ledger-reading.ts';
import { FORWARD_MEMORY_MB, FORWARD_PEAK, INGEST_BATCHED_CPU_MS, INGEST_MEMORY_MB, INGEST_SINGLE_CPU_MS } from '../../bench/scaling/measured.ts';
import { ADVISED_OUTAGES, OUTAGES, recordedOutages, resultOf, scenarioOf, STANDSTILLS, wordsOf } from '../../bench/scaling/outages.ts';
import type { OutageCase } from '../../bench/scaling/outages.ts';
import { METRONOME_RATE, S3_PUTS_PER_SECOND } from '../../bench/scaling/quotas.ts';
import { ADVICE, quotasFor, settingsFor } from '../../bench/scaling/rates.ts';
import type { Advice } from '../../bench/scaling/rates.ts';
import { saturations } from '../../bench/scaling/saturation.ts';
import { exact } from '../../bench/scaling/words.ts';
import { SQS_IN_FLIGHT_LIMIT } from '../../bench/outage/scenario.ts';
import type { OutageResult } from '../../bench/outage/simulate.ts';
import { packRequests } from '../../lambda/forward/pack.ts';
import { INGEST_MAX_BODY_BYTES, INGEST_TIMEOUT_SECONDS } from '../../lambda/limits.ts';
import { DEFAULTS, loadSettings, settingsWarnings } from '../../lib/config.ts';
import { stackProblems } from '../../lib/settings-rules.ts';
import { alarmsIn } from '../lib/helpers/evaluate-alarm.ts';
import { resourcesOf } from '../lib/helpers/resources.ts';
import { templateWith } from '../lib/helpers/stack.ts';

const PERFORMANCE = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
const settings = loadSettings({ props: DEFAULTS });
const template = templateWith();

const run = promisify(execFile);

describe('what the page reckons with', () => {
  it.each([
    ['single webhooks, 2 KB each', 1000 * INGEST_SINGLE_CPU_MS],
    ['webhooks of 50 events, 2 KB each', 1000 * INGEST_BATCHED_CPU_MS],
    ['peak memory, heap limited as on Lambda with 512 MB, batches of 1,000 events of 2 KB', FORWARD_PEAK.mb2Kb],
    ['peak memory, heap limited as on Lambda with 512 MB, batches of 294 events of 16 KB', FORWARD_PEAK.mb16Kb],
  ])('is near what docs/performance.md has for "%s"', (what, reckoned) => {
    const measured = firstFigureOf(what);

    // Another machine, or a busy one, is no reason to reckon anew.
    expect(reckoned / measured).toBeGreaterThan(1 / 3);
    expect(reckoned / measured).toBeLessThan(3);
  });

  it('is the memory that the functions have', () => {
    const memoryOf = (part: string): unknown => Object.entries(resourcesOf(template)).find(([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(`Bridge${part}`))?.[1].Properties['MemorySize'];

    expect([memoryOf('Ingest'), memoryOf('Forward')]).toEqual([INGEST_MEMORY_MB, FORWARD_MEMORY_MB]);
  });
});

describe('a limit', () => {
  it('of ingest is the time of its webhooks, or ten requests a second for each function, whichever is less', () => {
    expect(ingestSeconds(1)).toBeCloseTo((1 * 1769) / 256 / 1000 + 0.02);
    expect(ingestSeconds(50)).toBeCloseTo((6 * 1769) / 256 / 1000 + 0.02);
    expect(ingestLimit(1000, 5, 1)).toBe(10_000);
    expect(ingestLimit(10, 5, 50)).toBeCloseTo((5 / ingestSeconds(50)) * 50);
    expect(ingestAtOnce(1_000, 1)).toBe(Math.ceil(1_000 * ingestSeconds(1)));
  });

  it("leaves ingest time for the largest body: a webhook of 2 KB events is answered before Segment hangs up", () => {
    expect(ingestSeconds(INGEST_MAX_BODY_BYTES / 2_000)).toBeLessThan(INGEST_TIMEOUT_SECONDS);
  });

  it('of forward is that of its containers, and the default pace lies under it', () => {
    const [requests] = [packRequests(Array.from({ length: 1_000 }, () => ({ json: '', bytes: 1_000 }))).length];

    expect(forwardRunSeconds(1_000)).toBeCloseTo((52 * 1769) / 512 / 1000 + (Math.ceil(requests / 8) * 100 + 200) / 1000);
    expect(forwardLimit(settings)).toBeGreaterThan(settings.metronomeEventsPerSecond);
  });

  it('in flight is reached when all events of the first delay are hidden', () => {
    const shorter = { ...settings, retryDelaysMinutes: [1] };

    expect(hiddenLimit(SQS_IN_FLIGHT_LIMIT, settings)).toBeCloseTo(115_000 / (6 * 60 * 1.125));
    expect(hiddenLimit(SQS_IN_FLIGHT_LIMIT, shorter)).toBeCloseTo(6 * hiddenLimit(SQS_IN_FLIGHT_LIMIT, settings));
  });

  it('of S3 is out of reach of as many containers as an event source has', () => {
    expect(mostRunsPerSecond({ maxConcurrency: 1_000 })).toBeLessThan(S3_PUTS_PER_SECOND);
  });

  it('of a payload, of reads and of reading', () => {
    expect(largestInFullBatch(1_000)).toBe(Math.floor((6 * 1024 * 1024) / 1_000 / 1.2 - 900 / 1.2));
    expect(secretReadsPerSecond(300)).toBeCloseTo(4);
    expect(readingSeconds(36_000_000 / 115, 1)).toBeCloseTo(86_400);
    expect(reconcileLimit() * 86_400).toBeCloseTo(1_431_655_765);
  });
});

describe('the table of saturation', () => {
  const parts = saturations(settings);

  it('names alarms and graphs that the stack has', () => {
    const dashboard = JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));
    const alarms = alarmsIn(template);

    expect(parts.flatMap((part) => part.alarms).filter((id) => !alarms.has(id))).toEqual([]);
    expect(parts.flatMap(({ graphs }) => graphs).filter((title) => !dashboard.includes(`title\\\\\\":\\\\\\"${title}`) && !dashboard.includes(`title\\":\\"${title}`))).toEqual([]);
  });

  it('says of every part by how much, what moves it, and where it is seen', () => {
    for (const { eventsPerSecond, movedBy, alarms, graphs, alsoSeen } of parts) {
      expect(eventsPerSecond).toHaveLength(WEBHOOK_SIZES.length);
      expect(movedBy).not.toBe('');
      expect(alarms.length + graphs.length + Number(alsoSeen !== undefined)).toBeGreaterThan(0);
    }
  });

  it.each([
    [1, "API Gateway, this API's throttle"],
    [50, "forward's pace"],
  ])('has as the first limit at %i a webhook: %s', (size, first) => {
    const column = WEBHOOK_SIZES.findIndex((one) => one === size);
    const reached = parts.filter(({ part }) => part !== 'events in flight').map(({ part, eventsPerSecond }) => ({ part, rate: Number(/^~?([\d,]+)/.exec(eventsPerSecond[column] ?? '')?.[1]?.replaceAll(',', '')) }));

    expect(reached.filter(({ rate }) => rate > 0).toSorted((one, other) => one.rate - other.rate)[0]?.part).toBe(first);
  });

  it('follows the settings', () => {
    const [before, after] = [settings, { ...settings, throttleRate: 7_000, metronomeEventsPerSecond: 1_234 }].map((one) => saturations(one).map(({ eventsPerSecond }) => eventsPerSecond.join()));

    expect(before).not.toContain('7,000,350,000');
    expect(after).toEqual(expect.arrayContaining(['7,000,350,000', '1,234,1,234']));
  });
});

describe.each(ADVICE.flatMap((advice) => WEBHOOK_SIZES.map((size) => ({ advice, size, rate: advice.eventsPerSecond }))))('the settings for $rate events a second at $size a webhook', ({ advice, size }) => {
  const advised = loadSettings({ overrides: settingsFor(advice, size), alsoRefuse: stackProblems });
  const rateOfOne = advice.eventsPerSecond / advice.bridges;

  it('can be deployed, without a warning', () => {
    const [source] = Object.values(templateWith(settingsFor(advice, size)).findResources('AWS::Lambda::EventSourceMapping'));

    expect(settingsWarnings(advised)).toEqual([]);
    expect(source).toMatchObject({ Properties: { BatchSize: advised.batchSize, ScalingConfig: { MaximumConcurrency: advised.maxConcurrency } } });
  });

  it('have room at every part of the bridge', () => {
    expect(advised.metronomeEventsPerSecond).toBeGreaterThan(rateOfOne);
    expect(advised.metronomeEventsPerSecond * advice.bridges).toBeLessThan(advice.accountEventsPerSecond);
    expect(advice.accountEventsPerSecond).toBeLessThanOrEqual(METRONOME_RATE.most);
    expect(forwardLimit(advised)).toBeGreaterThan(advised.metronomeEventsPerSecond);
    expect(advised.batchSize * advised.maxConcurrency).toBeLessThanOrEqual(SQS_IN_FLIGHT_LIMIT / 5);
    expect(advised.throttleRate).toBeGreaterThanOrEqual((2 * rateOfOne) / size);
    expect(rateOfOne).toBeLessThan(reconcileLimit());
  });

  it('name each quota whose default is too low', () => {
    const quotas = quotasFor(advice, size).join();
    const webhooks = (2 * advice.eventsPerSecond) / size;

    expect(quotas.includes('Metronome')).toBe(advice.accountEventsPerSecond > 5_000);
    expect(quotas.includes('API Gateway')).toBe(webhooks > 10_000);
    expect(quotas.includes('Lambda')).toBe(webhooks > 10_000 || 2 * ingestAtOnce(advice.eventsPerSecond, size) + advice.bridges * advised.maxConcurrency > 1_000);
  });
});

describe('the quotas to ask for', () => {
  it('are those for twice the webhooks, and for all bridges', () => {
    const [, tenThousand, hundredThousand] = ADVICE.map((advice) => WEBHOOK_SIZES.map((size) => quotasFor(advice, size)));

    expect(tenThousand).toEqual([['Metronome 25,000/s', 'API Gateway 20,000 requests/s', 'Lambda 2,000 at once'], ['Metronome 25,000/s']]);
    expect(hundredThousand?.[0]).toEqual(['an arrangement with Segment', 'Metronome 110,000/s', 'API Gateway 200,000 requests/s', 'Lambda 20,000 at once']);
  });

  it('count the functions where they last longer than a tenth of a second: twice those at work, and forward', () => {
    const advice: Advice = { eventsPerSecond: 500_000, accountEventsPerSecond: 5_000, bridges: 10, settings: { maxConcurrency: '40' } };

    expect(quotasFor(advice, 1_000)).toContain(`Lambda ${exact(Math.ceil((2 * ingestAtOnce(500_000, 1_000) + 400) / 100) * 100)} at once`);
  });
});

describe('the outages', () => {
  const recorded = recordedOutages();

  it.each([...OUTAGES, ...ADVISED_OUTAGES, ...STANDSTILLS])('were simulated with the settings of today: $about $settings', (outage) => {
    const { accepted, fates, drainSeconds, peakInFlight } = resultOf(outage, recorded);

    expect(accepted).toBeGreaterThan(0);
    expect(fates).toMatchObject({ dead: 0, quarantined: 0, expired: 0 });
    expect(drainSeconds).toBeGreaterThan(0);
    expect(peakInFlight).toBeLessThanOrEqual(SQS_IN_FLIGHT_LIMIT);
  });

  it('that were not are asked for', () => {
    const other: OutageCase = { about: 'another', options: ['--hours', '3'], settings: { batchSize: '17' } };

    expect(() => resultOf(other, recorded)).toThrow('"another" was not simulated with the settings of today; run: npx node bench/scaling/measure-outages.ts');
    expect(scenarioOf(other).settings.batchSize).toBe(17);
  });

  // Those that take seconds: a change of the packing, the pacing or the back-off shows in them, too.
  it.each(ADVISED_OUTAGES.slice(0, 2))('come out the same today: an hour at $about', async (outage) => {
    const { stdout } = await run(process.execPath, ['bench/outage.ts', '--json', ...wordsOf(outage)]);
    const { result }: { result: OutageResult } = JSON.parse(stdout);

    expect(resultOf(outage, recorded)).toEqual(result);
  }, 60_000);
});

/** The first number of the second cell of a row. */
function firstFigureOf(what: string): number {
  const cell = PERFORMANCE.split('\n')
    .find((line) => line.startsWith(`| ${what} |`))
    ?.split('|')[2];
  const figure = Number(/[\d,.]+/.exec(cell ?? '')?.[0].replaceAll(',', ''));
  if (figure > 0) return figure;
  throw new Error(`docs/performance.md has no figure for "${what}"`);
}
