import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { checkLimits, isTooOld, tooOldDetail } from '../../../lambda/forward/check-limits.ts';
import {
  METRONOME_MAX_FUTURE_HOURS,
  METRONOME_MAX_PROPERTIES,
  METRONOME_MAX_REQUEST_BYTES,
  METRONOME_MAX_TRANSACTION_ID_CHARS,
  METRONOME_MEMORY_DAYS,
} from '../../../lambda/limits.ts';
import type { UsageEvent } from '../../../lambda/mapping/index.ts';
import { DAY_MS, HOUR_MS, NOW } from './factories.ts';

const OLDEST_MS = 33 * DAY_MS - HOUR_MS;
const LATEST_MS = 24 * HOUR_MS;

function usageEvent(fields: Partial<UsageEvent> = {}): UsageEvent {
  return { transaction_id: 't', customer_id: 'c', timestamp: new Date(NOW).toISOString(), event_type: 'e', properties: {}, ...fields };
}

const at = (offsetMs: number) => usageEvent({ timestamp: new Date(NOW + offsetMs).toISOString() });
const propertiesOf = (count: number) => usageEvent({ properties: Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, 1])) });

describe('checkLimits', () => {
  it.each<[string, UsageEvent, number]>([
    ['an ordinary event', usageEvent(), 200],
    ['an id of 128 characters', usageEvent({ transaction_id: 'x'.repeat(128) }), 200],
    ['the oldest timestamp', at(-OLDEST_MS), 200],
    ['the latest timestamp', at(LATEST_MS), 200],
    ['2,000 properties', propertiesOf(2_000), 200],
    ['1 MB as a request of one', usageEvent(), 999_998],
  ])('passes %s', (_, event, bytes) => {
    expect(checkLimits(event, bytes, NOW)).toBeUndefined();
  });

  it.each<[string, UsageEvent, number, string, string]>([
    ['an empty transaction_id', usageEvent({ transaction_id: '' }), 200, 'missing_field', 'transaction_id'],
    ['an empty customer_id', usageEvent({ customer_id: '' }), 200, 'missing_field', 'customer_id'],
    ['an empty event_type', usageEvent({ event_type: '' }), 200, 'missing_field', 'event_type'],
    ['an id of 129 characters', usageEvent({ transaction_id: 'x'.repeat(129) }), 200, 'id_too_long', 'transaction_id'],
    ['a timestamp a millisecond too old', at(-OLDEST_MS - 1), 200, 'timestamp_too_old', 'timestamp'],
    ['a timestamp before the year 0', at(-70 * 365 * DAY_MS * 1000), 200, 'timestamp_too_old', 'timestamp'],
    ['a timestamp a millisecond too late', at(LATEST_MS + 1), 200, 'timestamp_in_future', 'timestamp'],
    ['a timestamp after the year 9999', usageEvent({ timestamp: '+010000-01-01T00:00:00.000Z' }), 200, 'timestamp_in_future', 'timestamp'],
    ['a timestamp that is none', usageEvent({ timestamp: 'soon' }), 200, 'timestamp_invalid', 'timestamp'],
    ['2,001 properties', propertiesOf(2_001), 200, 'too_many_properties', 'properties'],
    ['a byte over 1 MB as a request of one', usageEvent(), 999_999, 'too_large', 'properties'],
  ])('finds %s', (_, event, bytes, reason, field) => {
    expect(checkLimits(event, bytes, NOW)).toEqual({ reason, field, detail: expect.stringMatching(/^[^\n]+\.$/) });
  });

  it('passes nothing that lies outside of what Metronome takes, with an hour to spare at the old end', () => {
    const anyTime = fc.oneof(
      fc.integer({ min: -40 * DAY_MS, max: 3 * DAY_MS }).map((offset) => new Date(NOW + offset).toISOString()),
      fc.constantFrom(-OLDEST_MS, LATEST_MS).chain((edge) => fc.integer({ min: -2, max: 2 }).map((step) => new Date(NOW + edge + step).toISOString())),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.string(),
    );
    const anyEvent = fc.record({
      transaction_id: fc.string({ unit: 'binary', maxLength: 140 }),
      customer_id: fc.string({ maxLength: 3 }),
      timestamp: anyTime,
      event_type: fc.string({ maxLength: 3 }),
      properties: fc.constantFrom(propertiesOf(0), propertiesOf(1_999), propertiesOf(2_000), propertiesOf(2_001)).map(({ properties }) => properties),
    });
    fc.assert(
      fc.property(anyEvent, fc.nat({ max: 1_100_000 }), (event, bytes) => {
        if (checkLimits(event, bytes, NOW) !== undefined) return;
        const timestamp = new Date(event.timestamp).getTime();
        expect(event.transaction_id.length).toBeGreaterThan(0);
        expect([...event.transaction_id].length).toBeLessThanOrEqual(METRONOME_MAX_TRANSACTION_ID_CHARS);
        expect(event.customer_id).not.toBe('');
        expect(event.event_type).not.toBe('');
        expect(timestamp).toBeGreaterThanOrEqual(NOW - (METRONOME_MEMORY_DAYS - 1) * DAY_MS + HOUR_MS);
        expect(timestamp).toBeLessThanOrEqual(NOW + METRONOME_MAX_FUTURE_HOURS * HOUR_MS);
        expect(Object.keys(event.properties).length).toBeLessThanOrEqual(METRONOME_MAX_PROPERTIES);
        expect(bytes + '[]'.length).toBeLessThanOrEqual(METRONOME_MAX_REQUEST_BYTES);
      }),
      { numRuns: 500 },
    );
  });
});

describe('isTooOld', () => {
  it.each([
    [-OLDEST_MS - 1, true],
    [-OLDEST_MS, false],
    [-OLDEST_MS + 1, false],
    [0, false],
    [DAY_MS, false],
  ])('%i ms from now: %j', (offset, expected) => {
    expect(isTooOld(NOW + offset, NOW)).toBe(expected);
  });

  it('always leaves the last re-send inside the memory of an id that was stamped 24 h ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * DAY_MS }), (age) => {
        if (!isTooOld(NOW - age, NOW)) expect(age + HOUR_MS).toBeLessThanOrEqual((METRONOME_MEMORY_DAYS - 1) * DAY_MS);
      }),
    );
  });
});

describe('tooOldDetail', () => {
  it.each([
    ['timestamp', '1970-01-21T10:55:00.000Z', true],
    ['timestamp', '2020-01-21T10:55:00.000Z', false],
    ['acceptedAt', '1970-01-21T10:55:00.000Z', false],
  ] as const)('%s %s: hint at epoch seconds %j', (field, value, hints) => {
    expect(tooOldDetail(field, value).includes('epoch seconds')).toBe(hints);
    expect(tooOldDetail(field, value)).toContain(`${field} ${value}`);
  });
});
