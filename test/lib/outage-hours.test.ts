import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { SHORT_DELAYS_UNTIL_RECEIVE } from '../../lambda/forward/backoff.ts';
import { outageHours } from '../../lib/outage-hours.ts';

const delays = fc.array(fc.double({ min: 0.01, max: 540, noNaN: true }), { minLength: 1, maxLength: 8 });
const receives = fc.integer({ min: 1, max: 1000 });

describe('outageHours', () => {
  it.each([
    ['the defaults', [6, 12, 24, 48, 60], 300, 280],
    ['only short delays', [60], 20, 0],
    ['one receive more', [60], 21, 1],
    ['one delay, repeated', [60], 92, 72],
    ['seconds', [0.2, 0.5], 22, 1 / 60],
    ['no longer than SQS keeps a message', [540], 1000, 14 * 24],
  ])('%s', (_, retryDelaysMinutes, maxReceiveCount, expected) => {
    expect(outageHours(retryDelaysMinutes, maxReceiveCount)).toBeCloseTo(expected, 10);
  });

  it('is what a message waits whose first receives have short delays only', () => {
    fc.assert(
      fc.property(delays, receives, (retryDelaysMinutes, maxReceiveCount) => {
        let waitedMinutes = 0;
        for (let receive = SHORT_DELAYS_UNTIL_RECEIVE; receive < maxReceiveCount; receive += 1) waitedMinutes += retryDelaysMinutes[Math.min(receive, retryDelaysMinutes.length - 1)] ?? 0;
        expect(outageHours(retryDelaysMinutes, maxReceiveCount)).toBeCloseTo(Math.min(waitedMinutes / 60, 336), 6);
      }),
    );
  });
});
