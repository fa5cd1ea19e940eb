import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createSeenIds } from '../../../cli/preview/seen-ids.ts';

describe('createSeenIds', () => {
  it('knows an id again, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 50 }), (ids) => {
        const seen = createSeenIds(50);

        const repeats = ids.map((id) => seen.see(id));

        expect(repeats).toEqual(ids.map((id, index) => ids.indexOf(id) < index));
      }),
    );
  });

  it('remembers no more than it may, and says so', () => {
    const seen = createSeenIds(2);

    expect([seen.see('a'), seen.see('b'), seen.see('a'), seen.remembersAll()]).toEqual([false, false, true, true]);
    expect([seen.see('c'), seen.see('c'), seen.see('b'), seen.remembersAll()]).toEqual([false, false, true, false]);
  });

  it('finds each of many', () => {
    const seen = createSeenIds(20_000);
    const ids = Array.from({ length: 20_000 }, (_, index) => `msg-${index}`);

    expect(ids.some((id) => seen.see(id))).toBe(false);
    expect(ids.every((id) => seen.see(id))).toBe(true);
  });
});
