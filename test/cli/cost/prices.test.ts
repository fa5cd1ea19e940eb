import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ALTERNATIVES } from '../../../cli/cost/alternatives.ts';
import { PRICES, usdFor } from '../../../cli/cost/prices.ts';

describe('PRICES', () => {
  it.each([...Object.entries(PRICES), ...ALTERNATIVES.map((alternative) => [alternative.name, alternative] as const)])('says of %s where it was read, and when', (_, { source, read }) => {
    expect(new URL(source).protocol).toBe('https:');
    expect(read).toMatch(/^2026-\d\d-\d\d/);
  });

  it.each(Object.entries(PRICES))('has tiers of %s that end later and cost less', (_, { tiers }) => {
    const ends = tiers.map((tier) => ('upTo' in tier ? tier.upTo : Number.POSITIVE_INFINITY));

    expect(ends.toSorted((one, other) => one - other)).toEqual(ends);
    expect(ends.at(-1)).toBe(Number.POSITIVE_INFINITY);
    expect(tiers.map(({ usd }) => usd).toSorted((one, other) => other - one)).toEqual(tiers.map(({ usd }) => usd));
  });
});

describe('usdFor', () => {
  it.each([
    ['apiRequest', 0, 0],
    ['apiRequest', 100_000_000, 100],
    ['apiRequest', 432_000_000, 300 * 1 + 132 * 0.9],
    ['lambdaRequest', 3_000_000, 0.6],
    ['sqsRequest', 2_500_000, 1],
    // The announcement's own example.
    ['lambdaLogGb', 60_000, 12_500],
    ['egressGb', 160_000, 10_000 * 0.09 + 40_000 * 0.085 + 100_000 * 0.07 + 10_000 * 0.05],
    ['secretCall', 10_000, 0.05],
    ['s3Put', 1_000, 0.005],
  ] as const)('%s: %d cost %d', (name, units, usd) => {
    expect(usdFor(PRICES[name], units)).toBeCloseTo(usd, 6);
  });

  it('of others at 100 M events, each by its own rule', () => {
    const usd = (webhooks: number): readonly number[] => ALTERNATIVES.map(({ usdPerMonth }) => usdPerMonth({ events: 100_000_000, webhooks }));

    expect(usd(100_000_000)).toEqual([120, 39 + 999.9, 490 + 9_995].map((sum) => expect.closeTo(sum, 4)));
    expect(usd(5_000)).toEqual([120, 39, 490 + 9_995].map((sum) => expect.closeTo(sum, 4)));
  });

  it('never costs less for more', () => {
    const some = fc.constantFrom(...Object.values(PRICES));
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1e12, noNaN: true }), (price, units, more) => {
        expect(usdFor(price, units + more)).toBeGreaterThanOrEqual(usdFor(price, units) * (1 - 1e-12));
      }),
    );
  });
});
