import { afterEach, describe, expect, it } from '@jest/globals';

import { endLeftovers } from '../helpers/local-process.ts';
import { runChaos } from './chaos-run.ts';

const TEST_MS = 120_000;
const OPTIONS = { seed: 2, events: 1_200, kills: 2, longestPhase: { requests: 8, milliseconds: 500 }, tailMs: 5_000 } as const;

afterEach(endLeftovers);

describe('the local run, while all around it goes wrong', () => {
  it('loses no event, bills none twice, and gives each its one fate', async () => {
    const { violations, kills, billed, fates, ignoredAgain } = await runChaos(OPTIONS);

    expect(violations).toEqual([]);
    // A run in which nothing went wrong would prove nothing.
    expect(kills).toBeGreaterThanOrEqual(OPTIONS.kills);
    expect(Math.min(billed, fates.delivered, fates.filtered, fates.quarantined, ignoredAgain)).toBeGreaterThan(0);
  }, TEST_MS);
});
