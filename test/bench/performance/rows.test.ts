import { describe, expect, it } from '@jest/globals';

import { alternate, contestOf } from '../../../bench/performance/alternate.ts';
import { amountRow, contestRow, judge } from '../../../bench/performance/rows.ts';
import { rowWith } from './rows-of.ts';

const at = (median: number) => ({ value: { median, low: median, high: median, samples: 9 } });

describe('judge', () => {
  it.each([
    ['at its mark', rowWith({ mark: { atLeast: 60 }, ...at(60) }), { holds: true }],
    ['a quarter under it', rowWith({ mark: { atLeast: 60 }, ...at(45) }), { holds: false, missedBy: 0.25 }],
    ['at its limit', rowWith({ mark: { atMost: 1.25 }, ...at(1.25) }), { holds: true }],
    ['half over it', rowWith({ mark: { atMost: 1.25 }, ...at(1.875) }), { holds: false, missedBy: 0.5 }],
  ])('judges a figure %s', (_, row, judgement) => {
    expect(judge(row)).toEqual(judgement);
  });

  it('says nothing of a row without a mark', () => {
    const { mark: _, ...row } = rowWith();

    expect(judge(row)).toBeUndefined();
  });
});

describe('contestRow', () => {
  const contest = contestOf([
    { ours: { cpuMicros: 2, wallMicros: 4 }, peer: { cpuMicros: 8, wallMicros: 12 } },
    { ours: { cpuMicros: 20, wallMicros: 40 }, peer: { cpuMicros: 80, wallMicros: 120 } },
  ]);
  const row = { section: 'start', what: 'loading', against: 'clients', unit: 'µs' } as const;

  it('compares slices next to each other, so that a busy moment counts on both sides', () => {
    expect(contestRow({ ...row, reading: 'times as fast' }, contest)).toMatchObject({ ours: 11, peer: 44, value: { median: 4, low: 4, high: 4 }, wallValue: { median: 3 } });
  });

  it('turns the ratio around where less is better', () => {
    expect(contestRow({ ...row, reading: 'times as long' }, contest)).toMatchObject({ value: { median: 0.25 }, wallValue: { median: 1 / 3 } });
  });

  it('shows milliseconds where they are asked for', () => {
    expect(contestRow({ ...row, unit: 'ms', reading: 'times as long' }, contest)).toMatchObject({ ours: 0.011, peer: 0.044 });
  });
});

describe('alternate', () => {
  it('lets both sides begin in turns, and divides by the units of each time', async () => {
    const order: string[] = [];
    const side = (name: string) => ({ unitsEachTime: 10, timesPerSlice: 2, run: (times: number) => void order.push(`${name}${times}`) });

    const { ours, cpuRatio } = await alternate(side('a'), side('b'), { rounds: 3, sliceMs: 0, warmUpMs: 0 });

    expect(order).toEqual(['a2', 'b2', 'a2', 'b2', 'b2', 'a2', 'a2', 'b2']);
    expect([ours.wallMicros.samples, cpuRatio.samples]).toEqual([3, 3]);
  });

  it('does as much as fills a slice', async () => {
    let longest = 0;
    const spin = { run: (times: number) => { longest = Math.max(longest, times); for (const end = performance.now() + times * 0.1; performance.now() < end; ); } };

    await alternate(spin, spin, { rounds: 1, sliceMs: 5, warmUpMs: 20 });

    expect(longest).toBeGreaterThan(5);
  });
});

describe('amountRow', () => {
  it('holds the amount itself against the mark', () => {
    const row = amountRow({ section: 'forward', what: 'requests', against: 'one by one', unit: 'requests', ours: 11, peer: 1_000, mark: { atMost: 10 } });

    expect(judge(row)).toMatchObject({ holds: false });
  });
});
