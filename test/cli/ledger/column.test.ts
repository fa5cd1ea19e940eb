import { describe, expect, it } from '@jest/globals';

import { createColumn } from '../../../cli/ledger/column.ts';

describe('createColumn', () => {
  it.each([0, 2_047, 2_048, 2 ** 31, 2 ** 32, 2 ** 32 + 5, 2 ** 40])('keeps what stands at %d apart from all else', (position) => {
    const column = createColumn(Uint32Array);
    for (const other of [1, 6, 2_049]) column.set(other, other);

    column.set(position, 4_294_967_295);

    expect(column.get(position)).toBe(4_294_967_295);
    expect([1, 6, 2_049].map((other) => column.get(other))).toEqual([1, 6, 2_049]);
    expect(column.get(position + 1)).toBe(position === 0 ? 1 : position === 2_048 ? 2_049 : 0);
  });
});
