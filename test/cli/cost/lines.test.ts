import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { startsOf } from '../../../cli/cost/containers.ts';
import { perMillion, sumOf } from '../../../cli/cost/sheet.ts';
import { PARTS, settingsWith, sheetOf, usdOf } from '../../../bench/cost/sheets.ts';

const MONTH_SECONDS = 730 * 3_600;
const GB_SECOND = 0.000_013_333_4;

const inputs = fc.record({
  eventsPerMonth: fc.integer({ min: 1_000, max: 2_000_000_000 }),
  eventsPerWebhook: fc.constantFrom(1, 2, 10, 50, 200),
  eventBytes: fc.integer({ min: 200, max: 20_000 }),
  filteredShare: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the lines, by hand', () => {
  it('of 100 M single webhooks', () => {
    const sheet = sheetOf({ eventsPerMonth: 100_000_000 });

    expect(usdOf(sheet, 'api_requests')).toBeCloseTo(100 * 1, 6);
    expect(usdOf(sheet, 'ingest_requests')).toBeCloseTo(100 * 0.2, 6);
    expect(usdOf(sheet, 'queue_sends')).toBeCloseTo(100 * 0.4, 6);
    // 0.75 ms of CPU on 256 of 1,769 MB, 20 ms for the queue, half a millisecond for rounding.
    const ms = (0.75 * 1_769) / 256 + 20;
    const atOnce = (100_000_000 * ms) / 1_000 / MONTH_SECONDS;
    // Each container starts anew after five minutes, in 50 ms of CPU, and reads two secrets.
    const starts = (1 + atOnce + 3 * Math.sqrt(atOnce)) * 12 * 730;
    expect(usdOf(sheet, 'ingest_time')).toBeCloseTo(((100_000_000 * (ms + 0.5) + (starts * 50 * 1_769) / 256) / 1_000) * 0.25 * GB_SECOND, 6);
    expect(usdOf(sheet, 'secret_calls')).toBeCloseTo((2 * starts + 5 * 12 * 730) * 0.000_005, 6);
    // A line of 250 bytes, and 26 that CloudWatch adds.
    expect(usdOf(sheet, 'ingest_log')).toBeCloseTo((100_000_000 * 276 * 0.5) / 1e9, 6);
    expect(usdOf(sheet, 'answers')).toBeCloseTo((100_000_000 * 250 * 0.09) / 1e9, 6);
  });

  it('of the runs for them: each of five pollers gathers what comes in the window and in a run, after its first event', () => {
    const { eventsPerRun, ms, perMonth } = sheetOf({ eventsPerMonth: 100_000_000 }).traffic.runs;

    expect(eventsPerRun).toBeCloseTo(1 + ((100_000_000 / MONTH_SECONDS) * (20 + ms / 1_000)) / 5, 6);
    // CPU on 512 of 1,769 MB, one round of requests to Metronome, the ledger.
    expect(ms).toBeCloseTo(((2.5 + eventsPerRun * 0.052) * 1_769) / 512 + 100 + 100, 6);
    expect(perMonth * eventsPerRun).toBeCloseTo(100_000_000, 3);
  });

  it('of a full batch, which waits for its share of the rate, less half a second', () => {
    const { eventsPerRun, ms } = sheetOf({ eventsPerMonth: 10_000_000_000 }).traffic.runs;

    expect(eventsPerRun).toBe(1_000);
    expect(ms).toBeCloseTo(((2.5 + 1_000 * 0.052) * 1_769) / 512 + (900 / (4_750 / 5) - 0.5) * 1_000 + 100 + 100, 6);
  });

  it('of 100 M events in webhooks of 50', () => {
    const sheet = sheetOf({ eventsPerMonth: 100_000_000, eventsPerWebhook: 50 });

    expect(usdOf(sheet, 'api_requests')).toBeCloseTo(2 * 1, 6);
    expect(usdOf(sheet, 'queue_sends')).toBeCloseTo(2 * 5 * 0.4, 6);
    const { runs } = sheet.traffic;
    // 730 of 1,000 bytes, and 450 for each request.
    expect(usdOf(sheet, 'metronome')).toBeCloseTo(((100_000_000 * 730 + runs.perMonth * runs.requestsPerRun * 450) * 0.09) / 1e9, 6);
    expect(usdOf(sheet, 'archive_puts')).toBeCloseTo(runs.perMonth * 0.000_005, 6);
    expect(usdOf(sheet, 'archive_storage')).toBeCloseTo((((100_000_000 * 1_450 * 0.25) / 1e9) * 35 * 24 * 0.023) / 730, 6);
  });

  it('of larger ones: a webhook of over 512 KB counts twice, ten messages of 10 KB as two requests', () => {
    const sheet = sheetOf({ eventsPerMonth: 1_000_000, eventsPerWebhook: 100, eventBytes: 10_000 });

    expect(usdOf(sheet, 'api_requests')).toBeCloseTo(0.01 * 2 * 1, 6);
    expect(usdOf(sheet, 'queue_sends')).toBeCloseTo(0.01 * 10 * 2 * 0.4, 6);
  });

  it('of 10 B: the API is cheaper after 300 M, the internet after 10 TB', () => {
    const sheet = sheetOf({ eventsPerMonth: 10_000_000_000 });

    expect(usdOf(sheet, 'api_requests')).toBeCloseTo(300 + 9_700 * 0.9, 6);
    expect(usdOf(sheet, 'ingest_log')).toBeCloseTo(10_000 * 0.000_000_276 * 1e6 * 0.5, 6);
  });

  it('of what the queue is asked for: receives of ten and deletes of ten, the last of a batch half full', () => {
    const { runs } = sheetOf({ eventsPerMonth: 100_000_000 }).traffic;

    expect(runs.receives).toBeCloseTo((runs.perMonth * (runs.eventsPerRun + 4.5)) / 10, 3);
    expect(runs.deletes).toBe(runs.receives);
    // Ten of 10 KB are 100 KB: one and a half units of 64 KB, and half a one for the last.
    const large = sheetOf({ eventsPerMonth: 10_000_000_000, eventBytes: 10_000 }).traffic.runs;
    expect(large.receives / large.perMonth).toBeCloseTo((large.eventsPerRun * 10_071) / 65_536 + (large.eventsPerRun + 4.5) / 10 / 2, 0);
  });

  it('of a receive that brings a single event: its own units, not those of ten', () => {
    const { runs } = sheetOf({ eventsPerMonth: 1_000_000_000, eventBytes: 20_000 }, settingsWith({ batchSize: '1' })).traffic;

    expect(runs.receives).toBeCloseTo(1_000_000_000, 0);
  });

  it('of all events received one by one: a request each, or one for each 64 KB', () => {
    const small = sheetOf({ eventsPerMonth: 100_000_000 });
    const large = sheetOf({ eventsPerMonth: 1_000_000, eventBytes: 100_000 });

    expect(small.oneByOneUsd - small.usd).toBeCloseTo(100 * 0.4 - usdOf(small, 'queue_receives'), 6);
    expect(large.oneByOneUsd - large.usd + usdOf(large, 'queue_receives')).toBeCloseTo(2 * 0.4, 6);
  });

  it('of many containers: a hundredth of the calls starts one while that is less', () => {
    const { containers, webhooks } = sheetOf({ eventsPerMonth: 100_000 }).traffic;

    expect(startsOf(webhooks, containers.ingest)).toBe(1_000);
    expect(sheetOf({ eventsPerMonth: 40_000_000_000 }, settingsWith({ maxConcurrency: '80' })).traffic.containers.forward).toBeGreaterThan(20);
  });

  it('of the time that forward is billed for, and of its requests to Metronome', () => {
    const sheet = sheetOf({ eventsPerMonth: 100_000_000 });
    const { perMonth, eventsPerRun, ms, requestsPerRun } = sheet.traffic.runs;

    // A hundredth of the runs starts a container, in 76 ms of CPU; half a millisecond is lost by rounding.
    expect(usdOf(sheet, 'forward_time')).toBeCloseTo(((perMonth * (ms + 0.5 + (0.01 * 76 * 1_769) / 512)) / 1_000) * 0.5 * GB_SECOND, 6);
    expect(usdOf(sheet, 'forward_requests')).toBeCloseTo(perMonth * 0.000_000_2, 6);
    expect(requestsPerRun).toBeCloseTo((eventsPerRun + 49.5) / 100, 6);
  });

  it('of the logs: a KB for a run and 7.7 bytes for an event, a little more if events are filtered, each kept for a month', () => {
    const sheet = sheetOf({ eventsPerMonth: 100_000_000 });
    const filtered = sheetOf({ eventsPerMonth: 100_000_000, filteredShare: 0.1 });
    const { perMonth, eventsPerRun } = sheet.traffic.runs;
    const forwardBytes = perMonth * (985 + 7.7 * eventsPerRun + 26 * (3 + eventsPerRun / 100));
    const logUsd = ['access_log', 'ingest_log', 'forward_log'].reduce((sum, id) => sum + usdOf(sheet, id), 0);

    expect(usdOf(sheet, 'forward_log')).toBeCloseTo((forwardBytes * 0.5) / 1e9, 6);
    expect(usdOf(sheet, 'log_storage')).toBeCloseTo((logUsd / 0.5) * 0.03, 6);
    expect(usdOf(filtered, 'forward_log') - usdOf(sheet, 'forward_log')).toBeCloseTo((perMonth * 60 * 0.5) / 1e9, 2);
  });

  it('of what Metronome gets: only what is not filtered, as many usage events as are made of it', () => {
    const { traffic } = sheetOf({ eventsPerMonth: 100_000_000, filteredShare: 0.25, usageEvents: 2 });
    const none = sheetOf({ eventsPerMonth: 100_000_000, filteredShare: 1 });

    expect(traffic.usageEvents).toBe(150_000_000);
    expect(traffic.runs.requestsPerRun).toBeCloseTo((traffic.runs.eventsPerRun * 1.5 + 49.5) / 100, 6);
    expect(usdOf(none, 'metronome')).toBe(0);
    // Without a wait for Metronome: CPU and the ledger.
    expect(none.traffic.runs.ms).toBeCloseTo(((2.5 + none.traffic.runs.eventsPerRun * 0.052) * 1_769) / 512 + 100, 6);
  });

  it('of events of 4 KB: twice the CPU time of the 2 KB that were measured, those of 1 KB no less', () => {
    const [small, measured, large] = [1_000, 2_000, 4_000].map((eventBytes) => sheetOf({ eventBytes }).traffic.ingestMs);

    expect([small, measured]).toEqual([measured, (0.75 * 1_769) / 256 + 20]);
    expect(large).toBeCloseTo(((0.65 + 0.2) * 1_769) / 256 + 20, 6);
  });

  it('of webhooks of 50 now and then: a receive brings ten of them; two pollers wait where two are allowed', () => {
    const { runs } = sheetOf({ eventsPerMonth: 50, eventsPerWebhook: 50 }, settingsWith({ maxConcurrency: '2' })).traffic;

    expect(runs.eventsPerRun).toBeCloseTo(10, 2);
    expect(runs.emptyReceives).toBeCloseTo((2 * MONTH_SECONDS) / 20, -2);
  });

  it('of nearly nothing: batches of one, and pollers that wait', () => {
    const sheet = sheetOf({ eventsPerMonth: 1 });

    expect(sheet.traffic.runs.eventsPerRun).toBeCloseTo(1, 3);
    expect(usdOf(sheet, 'queue_empty_receives')).toBeCloseTo((5 * MONTH_SECONDS * 0.4) / 20 / 1e6, 3);
    expect(sheet.usd - sheet.standingUsd).toBeLessThan(0.3);
  });

  it('of what is there anyway', () => {
    expect(sheetOf().standingUsd).toBeCloseTo(7 * 0.3 + PARTS.watchedMetrics * 0.1 + 3 + 3 * 0.4, 6);
    expect(sheetOf({ filteredShare: 0.5 }).standingUsd - sheetOf().standingUsd).toBeCloseTo(0.3, 6);
  });
});

describe('the lines, by settings', () => {
  it('has no archive if there is none', () => {
    const without = sheetOf({}, settingsWith({ archiveDays: '0' }));

    expect([usdOf(without, 'archive_puts'), usdOf(without, 'archive_storage')]).toEqual([0, 0]);
  });

  it('keeps an archive of twice the days for twice the money', () => {
    expect(usdOf(sheetOf({}, settingsWith({ archiveDays: '70' })), 'archive_storage')).toBeCloseTo(2 * usdOf(sheetOf(), 'archive_storage'), 6);
  });

  it('has fewer, larger batches with a longer window', () => {
    const [short, long] = ['5', '20'].map((batchWindowSeconds) => sheetOf({}, settingsWith({ batchWindowSeconds })));
    if (short === undefined || long === undefined) throw new TypeError('one of the two sheets is missing');

    expect(short.traffic.runs.perMonth / long.traffic.runs.perMonth).toBeGreaterThan(3.5);
    expect(long.usd).toBeLessThan(short.usd);
  });

  it('never has a batch over batchSize, or over what Lambda hands over at once', () => {
    expect(sheetOf({ eventsPerMonth: 2_000_000_000 }, settingsWith({ batchSize: '20' })).traffic.runs.eventsPerRun).toBe(20);
    expect(sheetOf({ eventsPerMonth: 2_000_000_000, eventBytes: 20_000 }).traffic.runs.eventsPerRun).toBe(Math.floor((6 * 1024 * 1024) / (1_000 + 20_000 * 1.15)));
  });
});

describe('the warnings', () => {
  const warned = (input: Parameters<typeof sheetOf>[0], overrides: Readonly<Record<string, string>> = {}): string => {
    const settings = settingsWith({ throttleRate: '100000', metronomeEventsPerSecond: '100000', ...overrides });
    return sheetOf(input, settings).warnings.join(' ');
  };

  it.each([
    ['a batch that the setting keeps small', { eventsPerMonth: 1_000_000_000 }, { batchSize: '1' }, /Forward carries about 2\d events a second as it is set: 381 come/],
    ['a batch that Lambda keeps small', { eventsPerMonth: 30_000_000_000, eventBytes: 20_000 }, {}, /Forward carries about [\d,]+ events a second/],
    ['a bridge that is paused', {}, { paused: 'true' }, /paused/],
    ['filtered events without an archive', { filteredShare: 0.1 }, { archiveDays: '0' }, /gone for good/],
  ])('tell of %s', (_, input, overrides, message) => {
    expect(warned(input, overrides)).toMatch(message);
  });

  it.each([
    ['an even month', {}, {}],
    ['an archive that is off while nothing is filtered', {}, { archiveDays: '0' }],
    ['filtered events with an archive', { filteredShare: 0.1 }, {}],
  ])('are none for %s', (_, input, overrides) => {
    expect(warned(input, overrides)).toBe('');
  });
});

describe('the sum', () => {
  it('is that of its lines, none of which is below zero', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { lines, usd } = sheetOf(input);

        expect(lines.every((line) => line.usd >= 0 && line.units >= 0)).toBe(true);
        expect(sumOf(lines)).toBe(usd);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      }),
    );
  });

  it('grows with the events, and less than they do', () => {
    fc.assert(
      fc.property(inputs, fc.double({ min: 1, max: 50, noNaN: true }), (input, times) => {
        const [less, more] = [sheetOf(input), sheetOf({ ...input, eventsPerMonth: Math.ceil(input.eventsPerMonth * times) })];

        expect(more.usd).toBeGreaterThanOrEqual(less.usd * (1 - 1e-9));
        expect(perMillion(more.usd, more.traffic)).toBeLessThanOrEqual(perMillion(less.usd, less.traffic) * (1 + 1e-9));
      }),
    );
  });

  it('grows with the size of events, and falls with the size of webhooks', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(sheetOf({ ...input, eventBytes: input.eventBytes * 2 }).usd).toBeGreaterThan(sheetOf(input).usd);
        expect(sheetOf({ ...input, eventBytes: 1_000, eventsPerWebhook: 10 }).usd).toBeLessThan(sheetOf({ ...input, eventBytes: 1_000, eventsPerWebhook: 1 }).usd);
      }),
    );
  });
});

describe('the marks at 100 M a month', () => {
  const millions = (eventsPerWebhook: number) => {
    const sheet = sheetOf({ eventsPerMonth: 100_000_000, eventsPerWebhook });
    return { all: perMillion(sheet.usd, sheet.traffic), ofTraffic: perMillion(sheet.usd - sheet.standingUsd, sheet.traffic) };
  };

  it('single webhooks: $2.30, with what is there anyway', () => {
    expect(millions(1).all).toBeLessThanOrEqual(2.3);
  });

  it('webhooks of 50: $0.30, without what is there anyway', () => {
    expect(millions(50).ofTraffic).toBeLessThanOrEqual(0.3);
  });
});
