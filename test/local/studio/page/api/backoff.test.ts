import { describe, expect, it } from '@jest/globals';

import { reconnectDelayMs } from '../../../../../local/studio/page/api/backoff.ts';

describe('reconnectDelayMs', () => {
  it.each([
    [1, 250, 500],
    [2, 500, 1_000],
    [4, 2_000, 4_000],
    [6, 7_500, 15_000],
    [1_000, 7_500, 15_000],
  ])('after %i failures waits from %i to %i ms', (failures, least, most) => {
    expect(reconnectDelayMs(failures, 0)).toBe(least);
    expect(reconnectDelayMs(failures, 1)).toBe(most);
  });
});
