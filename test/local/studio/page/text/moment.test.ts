import { expect, it } from '@jest/globals';

import { clockOrDay } from '../../../../../local/studio/page/text/moment.ts';

const NOON = new Date(2026, 10, 22, 12, 0, 0).getTime();

it.each([
  ['the same day', new Date(2026, 10, 22, 0, 0, 0, 7), '00:00:00.007'],
  ['the evening before', new Date(2026, 10, 21, 23, 59, 59), '11-21 23:59'],
  ['the same day of another month', new Date(2026, 9, 22, 12), '10-22 12:00'],
])('tells the time of an event of %s', (_, at, shown) => {
  expect(clockOrDay(at.getTime(), NOON)).toBe(shown);
});
