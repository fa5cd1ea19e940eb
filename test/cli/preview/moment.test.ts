import { describe, expect, it } from '@jest/globals';

import { momentOf, parseAsOf } from '../../../cli/preview/moment.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('momentOf', () => {
  it.each([
    ['receivedAt first', { timestamp: '2026-01-01T00:00:00Z', sentAt: '2026-01-02T00:00:00Z', receivedAt: '2026-01-03T00:00:00Z' }, '2026-01-03T00:00:00.000Z'],
    ['then sentAt', { timestamp: '2026-01-01T00:00:00Z', sentAt: '2026-01-02T00:00:00Z', receivedAt: 'soon' }, '2026-01-02T00:00:00.000Z'],
    ['then now, and never the timestamp that is judged', { timestamp: '2026-01-01T00:00:00Z', sentAt: 17 }, '2026-11-22T12:00:00.000Z'],
    ['now for what is no event', null, '2026-11-22T12:00:00.000Z'],
  ])('takes %s', (_, event, expected) => {
    expect(new Date(momentOf({ value: event, acceptedAt: undefined }, 'own', NOW)).toISOString()).toBe(expected);
  });

  it('takes before all of them when the bridge accepted it', () => {
    expect(momentOf({ value: { receivedAt: '2026-01-03T00:00:00Z' }, acceptedAt: 7 }, 'own', NOW)).toBe(7);
  });

  it('takes the same moment for all events when there is one', () => {
    expect(momentOf({ value: { receivedAt: '2026-01-03T00:00:00Z' }, acceptedAt: 7 }, 5, NOW)).toBe(5);
  });
});

describe('parseAsOf', () => {
  it.each([
    ['now', NOW],
    ['2026-11-22', Date.parse('2026-11-22T00:00:00Z')],
    ['2026-11-22T12:00:00Z', NOW],
    ['2026-11-22T13:00:00+01:00', NOW],
    ['2026-11-22T12:00', undefined],
    ['2026-13-22', undefined],
    ['2026-02-30', undefined],
    ['2026-02-30T12:00:00Z', undefined],
    ['2026-06-31T23:00:00-05:00', undefined],
    ['2028-02-29T23:00:00-05:00', Date.parse('2028-03-01T04:00:00Z')],
    ['yesterday', undefined],
    ['1795102320', undefined],
  ])('%s', (text, expected) => {
    expect(parseAsOf(text, NOW)).toBe(expected);
  });
});
