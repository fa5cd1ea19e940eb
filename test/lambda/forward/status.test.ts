import { describe, expect, it } from '@jest/globals';

import { verdictOfStatus } from '../../../lambda/forward/status.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('verdictOfStatus', () => {
  it.each([200, 201, 202, 204, 207, 299])('%i: delivered', (status) => {
    expect(verdictOfStatus(status)).toEqual({ kind: 'delivered' });
  });

  it.each([400, 413, 422])('%i: some event is refused', (status) => {
    expect(verdictOfStatus(status)).toEqual({ kind: 'refused' });
  });

  it.each([401, 403])('%i: the token is refused', (status) => {
    expect(verdictOfStatus(status)).toEqual({ kind: 'token' });
  });

  it('429: slow down', () => {
    expect(verdictOfStatus(429)).toEqual({ kind: 'retry', cause: 'rate_limited' });
  });

  it.each([408, 500, 501, 502, 503, 504, 529, 599])('%i: try again', (status) => {
    expect(verdictOfStatus(status)).toEqual({ kind: 'retry', cause: 'metronome_unavailable' });
  });

  it.each([0, 100, 101, 102, 103, 199, 300, 301, 302, 303, 304, 307, 308, 402, 404, 405, 406, 407, 409, 410, 411, 414, 415, 421, 423, 424, 426, 431, 451])(
    '%i: nothing an event could be blamed for',
    (status) => {
      expect(verdictOfStatus(status)).toEqual({ kind: 'stop', cause: 'configuration' });
    },
  );

  it('takes nothing but 2xx for delivered, and blames an event for nothing but 400, 413 and 422', () => {
    const statuses = range(0, 999);

    expect(statuses.filter((status) => verdictOfStatus(status).kind === 'delivered')).toEqual(range(200, 299));
    expect(statuses.filter((status) => verdictOfStatus(status).kind === 'refused')).toEqual([400, 413, 422]);
  });
});
