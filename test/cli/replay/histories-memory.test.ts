import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

describe('the memory of createHistories', () => {
  it('is a fraction of what the lines take', () => {
    const printed = execFileSync(process.execPath, ['--expose-gc', join(import.meta.dirname, 'histories-memory.ts')], { encoding: 'utf8' });
    const { bytesOfOne, open, events }: { readonly bytesOfOne: number; readonly open: number; readonly events: number } = JSON.parse(printed);

    expect(open).toBe(events);
    // Where nothing is kept as objects, all of it is in buffers.
    expect(bytesOfOne).toBeGreaterThan(20);
    expect(bytesOfOne).toBeLessThan(150);
  });
});
