import { expect, it } from '@jest/globals';

import { createMinutes } from '../../../local/studio/minutes.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const MINUTE_MS = 60_000;

it('counts by the minute, without a gap, and forgets what the chart no longer shows', () => {
  const minutes = createMinutes();
  minutes.add(NOON - 40 * MINUTE_MS, 'delivered');
  minutes.add(NOON - 2 * MINUTE_MS + 59_999, 'returned');
  for (let index = 0; index < 30_000; index += 1) minutes.add(NOON + 10, 'delivered');
  minutes.add(NOON - 3 * 24 * 60 * MINUTE_MS, 'filtered');

  const list = minutes.list(NOON + 30_000);

  expect(list).toHaveLength(30);
  expect(list.at(-1)).toEqual({ at: NOON, delivered: 30_000, filtered: 0, quarantined: 0, returned: 0 });
  expect(list.at(-3)).toEqual({ at: NOON - 2 * MINUTE_MS, delivered: 0, filtered: 0, quarantined: 0, returned: 1 });
  expect(list.reduce((sum, one) => sum + one.delivered + one.filtered + one.quarantined + one.returned, 0)).toBe(30_001);
});
