import { describe, expect, it } from '@jest/globals';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import * as fc from 'fast-check';

import { toUsageEvent, UsageEventError } from '../../../lambda/mapping/index.ts';
import { deepFreeze } from './vectors.ts';

dayjs.extend(utc);

const mapped = { transaction_id: 't', customer_id: 'c', timestamp: '2026-01-02T03:04:05.678Z', event_type: 'e', properties: { n: 1 } };

describe('toUsageEvent', () => {
  it('passes five good fields on, and nothing else', () => {
    expect(toUsageEvent(deepFreeze({ ...mapped, extra: 1, dynamicAuthSettings: {} }))).toStrictEqual(mapped);
  });

  it.each([
    ['transaction_id', undefined, 'missing_field', 'transaction_id is missing: the mapping gave nothing for it.'],
    ['customer_id', null, 'missing_field', 'customer_id is missing: the mapping gave null for it.'],
    ['event_type', '', 'missing_field', 'event_type is missing: the mapping gave empty text for it.'],
    ['timestamp', null, 'missing_field', 'timestamp is missing'],
    ['properties', '', 'missing_field', 'properties is missing'],
    ['customer_id', { id: 4711 }, 'invalid_field', 'customer_id must be text, a number or a boolean, but the mapping gave an object.'],
    ['transaction_id', [1, 2], 'invalid_field', 'but the mapping gave an array.'],
    ['transaction_id', [undefined], 'invalid_field', 'but the mapping gave an array.'],
    ['properties', [{}], 'invalid_field', 'properties must be an object, but the mapping gave an array.'],
    ['properties', 'x', 'invalid_field', 'but the mapping gave text.'],
    ['timestamp', {}, 'invalid_field', 'timestamp must be text or a number, but the mapping gave an object.'],
    ['timestamp', ['2026-01-02'], 'invalid_field', 'but the mapping gave an array.'],
    ['timestamp', 'yesterday', 'timestamp_invalid', "timestamp can't be read as a date: the mapping gave text."],
    ['timestamp', true, 'timestamp_invalid', 'the mapping gave a boolean.'],
    ['timestamp', 8.64e15 + 2, 'timestamp_invalid', 'the mapping gave a number outside the range of dates.'],
    ['timestamp', Infinity, 'timestamp_invalid', 'a number outside the range of dates'],
    ['timestamp', '1767323045123456', 'timestamp_invalid', 'Digits sent as text are read as a calendar date, not as an epoch.'],
    ['timestamp', '-100000000000', 'timestamp_invalid', 'numbers as milliseconds since 1970 (not seconds)'],
  ])('refuses %s %j as %s', (field, value, reason, sentence) => {
    expect(() => toUsageEvent({ ...mapped, [field]: value })).toThrow(
      expect.objectContaining({ name: 'UsageEventError', reason, field, message: expect.stringContaining(sentence) }),
    );
  });

  it.each([[undefined], [null], ['x'], [7], [[mapped]]])('refuses a mapping that gave %j', (value) => {
    expect(() => toUsageEvent(value)).toThrow(expect.objectContaining({ reason: 'missing_field', field: 'transaction_id' }));
  });

  it('never shows a value', () => {
    const secret = 'confidential';
    for (const wrong of [{ timestamp: secret }, { customer_id: { id: secret } }, { transaction_id: [secret, secret] }, { properties: secret }]) {
      expect(attempt({ ...mapped, ...wrong })).toMatchObject({ name: 'UsageEventError', message: expect.not.stringContaining(secret) });
    }
  });

  // Not in the vectors: what Ajv's coercion to a union of types makes of one-item arrays.
  it.each([
    [['1767323045123'], '2026-01-02T03:04:05.123Z'],
    [['0x10'], '1970-01-01T00:00:00.016Z'],
    [[' '], '1970-01-01T00:00:00.000Z'],
    [[2026], '2026-01-01T00:00:00.000Z'],
  ])('reads the timestamp %j as hosted does', (timestamp, sent) => {
    expect(toUsageEvent({ ...mapped, timestamp }).timestamp).toBe(sent);
  });

  it.each([[[null]], [[true]], [['x']], [['']], [[[1]]], [[undefined]]])('refuses the timestamp %j', (timestamp) => {
    expect(() => toUsageEvent({ ...mapped, timestamp })).toThrow(UsageEventError);
  });

  it('reads serialised text, and text near it, as dayjs does', () => {
    const text = fc
      .tuple(digits(0, 9999, 4), digits(0, 13, 2), digits(0, 32, 2), digits(0, 25, 2), digits(0, 61, 2), digits(0, 61, 2), digits(0, 999, 3), fc.constantFrom('Z', 'z', ''))
      .map(([year, month, day, hour, minute, second, ms, zone]) => `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}${zone}`);
    fc.assert(
      fc.property(text, (timestamp) => {
        const date = dayjs.utc(timestamp);
        if (date.isValid()) expect(toUsageEvent({ ...mapped, timestamp }).timestamp).toBe(date.toISOString());
        else expect(() => toUsageEvent({ ...mapped, timestamp })).toThrow(UsageEventError);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives five well-formed fields or throws UsageEventError, whatever was mapped', () => {
    const value = fc.oneof(fc.jsonValue(), fc.string().map((text) => [text]), fc.integer(), fc.date({ noInvalidDate: true }).map((date) => date.toISOString()));
    const fields = fc.record({ transaction_id: value, customer_id: value, timestamp: value, event_type: value, properties: fc.oneof(fc.jsonValue(), fc.object()) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: fields }, fc.jsonValue()), (input) => {
        const usage = attempt(deepFreeze(input));
        if (usage instanceof UsageEventError) return;
        expect(Object.keys(usage)).toEqual(['transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties']);
        expect([typeof usage.transaction_id, typeof usage.customer_id, typeof usage.event_type]).toEqual(['string', 'string', 'string']);
        expect(usage.timestamp).toMatch(/^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(Object.prototype.toString.call(usage.properties)).toBe('[object Object]');
      }),
      { numRuns: 2000 },
    );
  });
});

function digits(min: number, max: number, length: number) {
  return fc.integer({ min, max }).map((number) => String(number).padStart(length, '0'));
}

function attempt(input: unknown) {
  try {
    return toUsageEvent(input);
  } catch (error) {
    if (error instanceof UsageEventError) return error;
    throw error;
  }
}
