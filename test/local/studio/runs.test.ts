import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { Run } from '../../../local/studio/run.ts';
import { createRuns } from '../../../local/studio/runs.ts';

const BOUNDS = { maxRuns: 20, maxBytes: 400 };

function run(name: string, chars = 5): Run {
  return { at: 0, acceptedAt: 0, sqsMessageId: name, fate: 'delivered', usage: [], receiveCount: 1, mappingVersion: 'v', body: 'x'.repeat(chars), encoding: 'text' };
}

function names(runs: ReturnType<typeof createRuns>): string[] {
  return [...runs.before(Number.POSITIVE_INFINITY)].map((kept) => kept.run.sqsMessageId);
}

describe('createRuns', () => {
  it('keeps the latest, the newest first, under numbers that count up', () => {
    const runs = createRuns(BOUNDS);
    for (let index = 0; index < 100; index += 1) runs.add(run(String(index)));

    const [newest] = runs.before(Number.POSITIVE_INFINITY);
    expect(names(runs)).toEqual(Array.from({ length: 20 }, (_, index) => String(99 - index)));
    expect(newest?.seq).toBe(runs.latest());
    expect(runs.find(runs.latest())?.run.sqsMessageId).toBe('99');
    expect(runs.find(runs.latest() - 20)).toBeUndefined();
    expect(runs.find(runs.latest() + 1)).toBeUndefined();
    expect(runs.after(runs.latest() - 2, 10).map((kept) => kept.run.sqsMessageId)).toEqual(['98', '99']);
    expect(runs.after(0, 3).map((kept) => kept.run.sqsMessageId)).toEqual(['80', '81', '82']);
  });

  it('lets many go for one large, and keeps one that is larger than all of the room', () => {
    const runs = createRuns(BOUNDS);
    for (let index = 0; index < 10; index += 1) runs.add(run(String(index)));

    runs.add(run('large', 190));
    expect(names(runs)).toEqual(['large', '9', '8']);
    runs.add(run('huge', 10_000));
    expect(names(runs)).toEqual(['huge']);
  });

  it('takes older ones below those it has, as long as there is room', () => {
    const runs = createRuns(BOUNDS);
    runs.add(run('live'));

    expect(runs.addOlder([run('yesterday'), run('before')])).toBe(true);
    expect(runs.addOlder(Array.from({ length: 30 }, (_, index) => run(`old ${index}`)))).toBe(false);
    expect(names(runs).slice(0, 4)).toEqual(['live', 'yesterday', 'before', 'old 0']);
    expect(names(runs)).toHaveLength(20);
    expect(runs.addOlder([run('none')])).toBe(false);
  });

  it('stays within its bounds and in order, whatever comes', () => {
    const step = fc.oneof(fc.nat(60).map((chars) => ({ chars, older: 0 })), fc.record({ chars: fc.nat(60), older: fc.nat(8) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const runs = createRuns(BOUNDS);
        let last = runs.latest();
        for (const { chars, older } of steps) {
          if (older > 0) runs.addOlder(Array.from({ length: older }, () => run('older', chars)));
          else runs.add(run('newer', chars));
          const kept = [...runs.before(Number.POSITIVE_INFINITY)];
          expect(kept.length).toBeLessThanOrEqual(BOUNDS.maxRuns);
          expect(kept.reduce((bytes, one) => bytes + one.run.body.length * 2, 0)).toBeLessThanOrEqual(BOUNDS.maxBytes);
          expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => runs.latest() - index));
          expect(kept.every((one) => one.seq > 0 && runs.find(one.seq) === one)).toBe(true);
          expect(runs.latest() - last).toBe(older > 0 ? 0 : 1);
          last = runs.latest();
        }
      }),
    );
  });
});
