import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';

import { createIdNumbers, MAX_IDS } from '../../../cli/ledger/id-numbers.ts';

describe('createIdNumbers', () => {
  it('numbers ids as they come, and gives each back', () => {
    const ids = fc.array(fc.oneof(fc.uuid(), fc.string(), fc.constantFrom('a', 'b', '00000000-0000-4000-8000-000000000000', '6C1F0C1E-0000-4000-8000-000000000000')));
    fc.assert(
      fc.property(ids, (drawn) => {
        const numbers = createIdNumbers();
        const distinct = [...new Set(drawn)];

        expect(drawn.map((id) => numbers.add(id))).toEqual(drawn.map((id) => distinct.indexOf(id)));
        expect(drawn.map((id) => numbers.find(id))).toEqual(drawn.map((id) => distinct.indexOf(id)));
        expect(distinct.map((_, number) => numbers.idOf(number))).toEqual(distinct);
        expect(numbers.size()).toBe(distinct.length);
      }),
    );
  });

  it('knows no id that was not added', () => {
    const numbers = createIdNumbers();
    numbers.add('00000000-0000-4000-8000-000000000000');

    expect([numbers.find('00000000-0000-4000-8000-000000000001'), numbers.find('')]).toEqual([undefined, undefined]);
  });

  it('keeps them apart as it grows', () => {
    const numbers = createIdNumbers();
    const ids = Array.from({ length: 50_000 }, () => randomUUID());
    for (const id of ids) numbers.add(id);

    expect(ids.every((id, number) => numbers.find(id) === number && numbers.idOf(number) === id)).toBe(true);
  });

  it('refuses the first id for which two thirds of its slots are too few', () => {
    const numbers = createIdNumbers(2_048);
    const ids = Array.from({ length: Math.floor((2_048 * 2) / 3) }, () => randomUUID());

    expect(ids.map((id) => numbers.add(id))).toEqual(ids.map((_, number) => number));
    expect(() => numbers.add(randomUUID())).toThrow(/^There are over 1,365 messages in this time, too many to keep apart\. Choose a shorter one\.$/);
    expect(ids.every((id, number) => numbers.find(id) === number)).toBe(true);
  });

  it('names as the most what the largest table takes: two thirds of what 31 bits can number', () => {
    expect(MAX_IDS).toBe(1_431_655_765);
  });

  it('takes a fraction of the memory of texts', () => {
    const before = process.memoryUsage();
    const numbers = createIdNumbers();
    for (let index = 0; index < 400_000; index += 1) numbers.add(randomUUID());
    const after = process.memoryUsage();

    expect(numbers.size()).toBe(400_000);
    expect((after.arrayBuffers - before.arrayBuffers) / 400_000).toBeLessThan(40);
  });
});
