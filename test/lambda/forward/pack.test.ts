import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { packRequests, requestBody } from '../../../lambda/forward/pack.ts';
import { METRONOME_MAX_EVENTS_PER_REQUEST, METRONOME_MAX_REQUEST_BYTES } from '../../../lambda/limits.ts';
import { packables } from './factories.ts';

const bytesOf = (events: readonly { json: string }[]) => Buffer.byteLength(requestBody(events.map(({ json }) => ({ json, bytes: 0 }))));
const packable = (text: string) => ({ json: JSON.stringify(text), bytes: Buffer.byteLength(JSON.stringify(text)) });
const packableOfBytes = (bytes: number) => packable('x'.repeat(bytes - '""'.length));

describe('packRequests', () => {
  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [1_000, Array.from({ length: 10 }, () => 100)],
  ])('packs %i events into requests of %j', (count, sizes) => {
    expect(packRequests(packables(count)).map((request) => request.length)).toEqual(sizes);
  });

  it('keeps the order, loses and doubles nothing, and holds both limits by the bytes of the real body', () => {
    const limits = fc.record({ maxEvents: fc.integer({ min: 1, max: 7 }), maxBytes: fc.integer({ min: 2, max: 120 }) });
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }).map(packable), { maxLength: 40 }), limits, (events, { maxEvents, maxBytes }) => {
        const requests = packRequests(events, maxEvents, maxBytes);

        expect(requests.flat()).toEqual(events);
        for (const request of requests) {
          expect(request.length).toBeGreaterThan(0);
          expect(request.length).toBeLessThanOrEqual(maxEvents);
          if (request.length > 1) expect(bytesOf(request)).toBeLessThanOrEqual(maxBytes);
        }
      }),
    );
  });

  it('leaves no room unused: the next event would not have fitted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }).map(packable), { maxLength: 40 }), (events) => {
        const requests = packRequests(events, 5, 90);
        for (const [index, request] of requests.entries()) {
          const next = requests[index + 1]?.[0];
          if (next === undefined) continue;
          expect(request.length === 5 || bytesOf([...request, next]) > 90).toBe(true);
        }
      }),
    );
  });

  it('fills a request to exactly 1 MB, and no byte further', () => {
    const room = METRONOME_MAX_REQUEST_BYTES - '[,]'.length;
    const [smaller, larger] = [packableOfBytes(Math.floor(room / 2)), packableOfBytes(Math.ceil(room / 2))];

    expect(bytesOf([smaller, larger])).toBe(METRONOME_MAX_REQUEST_BYTES);
    expect(packRequests([smaller, larger])).toHaveLength(1);
    expect(packRequests([larger, larger])).toHaveLength(2);
  });

  it('gives an event over the limit a request of its own', () => {
    const huge = packable('x'.repeat(METRONOME_MAX_REQUEST_BYTES));
    const small = packable('small');

    expect(packRequests([small, huge, small])).toEqual([[small], [huge], [small]]);
  });

  it('takes the limits of Metronome as its own', () => {
    expect(Math.max(...packRequests(packables(250)).map((request) => request.length))).toBe(METRONOME_MAX_EVENTS_PER_REQUEST);
  });
});

describe('requestBody', () => {
  it('is a bare array of the events as they were serialised', () => {
    const events = ['{"n":12345678901234567890}', '{"n":0.1234567890123456789}'].map((json) => ({ json, bytes: json.length }));

    expect(requestBody(events)).toBe('[{"n":12345678901234567890},{"n":0.1234567890123456789}]');
  });
});
