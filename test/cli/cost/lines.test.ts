import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { perMillion, sumOf } from '../../../cli/cost/sheet.ts';
import { PARTS, settingsWith, sheetOf, usdOf } from './parts.ts';

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
    // 1.01 ms of CPU and 1 % of 105 ms on 256 of 1,769 MB, 10 ms for the queue, half a millisecond for rounding.
    const ms = ((1.01 + 1.05) * 1_769) / 256 + 10 + 0.5;
    expect(usdOf(sheet, 'ingest_time')).toBeCloseTo(100_000_000 * (ms / 1_000) * 0.25 * GB_SECOND, 6);
    // A line of 250 bytes, and 26 that CloudWatch adds.
    expect(usdOf(sheet, 'ingest_log')).toBeCloseTo((100_000_000 * 276 * 0.5) / 1e9, 6);
    expect(usdOf(sheet, 'answers')).toBeCloseTo((100_000_000 * 250 * 0.09) / 1e9, 6);
  });

  it('of the runs for them: each of five pollers gathers what comes in the window and in a run, after its first event', () => {
    const { eventsPerRun, ms, perMonth } = sheetOf({ eventsPerMonth: 100_000_000 }).traffic.runs;

    expect(eventsPerRun).toBeCloseTo(1 + ((100_000_000 / MONTH_SECONDS) * (5 + ms / 1_000)) / 5, 6);
    // CPU on 512 of 1,769 MB, one round of requests to Metronome, the ledger.
    expect(ms).toBeCloseTo(((2.5 + eventsPerRun * 0.065) * 1_769) / 512 + 100 + 100, 6);
    expect(perMonth * eventsPerRun).toBeCloseTo(100_000_000, 3);
  });

  it('of a full batch, which waits for its share of the rate, less half a second', () => {
    const { eventsPerRun, ms } = sheetOf({ eventsPerMonth: 10_000_000_000 }).traffic.runs;

    expect(eventsPerRun).toBe(1_000);
    expect(ms).toBeCloseTo(((2.5 + 1_000 * 0.065) * 1_769) / 512 + (900 / (4_750 / 5) - 0.5) * 1_000 + 100 + 100, 6);
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
