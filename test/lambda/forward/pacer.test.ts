import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createPacer } from '../../../lambda/forward/pacer.ts';
import { DAY_MS, NOW } from './factories.ts';

const LATER = NOW + DAY_MS;

describe('createPacer', () => {
  it('makes up for half a second, and then lets each request go when the events before it have had their time', () => {
    const pacer = createPacer(200);

    expect([50, 50, 100, 50, 100].map((events) => pacer.book(events, NOW, LATER))).toEqual([0, 0, 0, 500, 750]);
  });

  it('saves no more than half a second up in a quiet time', () => {
    const pacer = createPacer(100);
    pacer.book(100, NOW, LATER);

    expect([1, 2, 3].map(() => pacer.book(100, NOW + 60_000, LATER))).toEqual([0, 500, 1_500]);
  });

  it('never makes anyone wait without a limit', () => {
    const pacer = createPacer(Number.POSITIVE_INFINITY);

    expect([100, 100, 100].map((events) => pacer.book(events, NOW, LATER))).toEqual([0, 0, 0]);
  });

  it('books nothing for a request that would have to wait until its deadline', () => {
    const pacer = createPacer(1);

    expect(pacer.book(100, NOW, NOW)).toBeUndefined();
    expect(pacer.book(100, NOW, NOW + 1)).toBe(0);
    expect(Array.from({ length: 10 }, () => pacer.book(100, NOW, NOW + 50_000))).toEqual(Array.from({ length: 10 }));
    expect(pacer.book(100, NOW + 100_000, NOW + 150_000)).toBe(0);
  });

  it('keeps to the rate over any time, but for that half second and one request', () => {
    const bookings = fc.array(fc.record({ events: fc.integer({ min: 1, max: 100 }), afterMs: fc.nat({ max: 500 }) }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(bookings, fc.integer({ min: 10, max: 5_000 }), (asked, eventsPerSecond) => {
        const pacer = createPacer(eventsPerSecond);
        let now = NOW;
        const sent = asked.map(({ events, afterMs }) => {
          now += afterMs;
          return { events, at: now + (pacer.book(events, now, LATER) ?? -1) };
        });
        for (const [index, first] of sent.entries()) {
          let events = 0;
          for (const request of sent.slice(index)) {
            // What is sent up to a request, itself left out; a little for what the arithmetic rounds away.
            expect(events).toBeLessThanOrEqual((eventsPerSecond * (request.at - first.at + 500)) / 1000 + 0.01);
            events += request.events;
          }
        }
      }),
    );
  });
});

describe('createPacer, when the clock is set back', () => {
  it('goes on at its rate, and does not wait for the time to come round again', () => {
    const pacer = createPacer(100);
    const HOUR_MS = 3_600_000;
    pacer.book(100, 10 * HOUR_MS, 11 * HOUR_MS);

    expect(pacer.book(100, 9 * HOUR_MS, 9 * HOUR_MS + 50_000)).toBe(500);
    expect(pacer.book(100, 9 * HOUR_MS, 9 * HOUR_MS + 50_000)).toBe(1_500);
  });

  it('gives nothing away to a clock that flickers', () => {
    const pacer = createPacer(100);
    const waits = [1_000, 999, 1_000, 999].map((now) => pacer.book(100, now, 100_000));

    expect(waits).toEqual([0, 500, 1_499, 2_499]);
  });
});
