import { describe, expect, it } from '@jest/globals';

import { judge } from '../../../bench/performance/rows.ts';
import { cellsOf } from '../../../bench/performance/table.ts';
import { flatRows, lagRows, speedRows } from '../../../bench/performance/whole-rows.ts';
import type { Milestone } from '../../../bench/performance/whole-rows.ts';

function milestone(events: number, cpuMicros: number | undefined, megabytes: number): Milestone {
  const residentBytes = cpuMicros === undefined ? undefined : 2e6 * megabytes;
  const cpu = cpuMicros === undefined ? undefined : { median: cpuMicros, low: cpuMicros - 10, high: cpuMicros + 10, samples: 3 };
  return { events, cpuMicros: cpu, eventsPerSecond: 1_500, kept: { heapBytes: 1e6 * megabytes, residentBytes, storedBytes: 600 * events } };
}

const shown = (milestones: readonly Milestone[]) => flatRows(milestones).map((row) => [row.what, row.against, row.value.median, judge(row)?.holds]);

describe('flatRows', () => {
  it('marks the last beside the first, and memory once its buffers are full', () => {
    const rows = shown([milestone(1_000, 500, 50), milestone(10_000, 550, 60), milestone(100_000, 600, 66)]);

    expect(rows).toEqual([
      ['CPU time of an event, after 10,000 events', 'after 1,000 events', 1.1, undefined],
      ['CPU time of an event, after 100,000 events', 'after 1,000 events', 1.2, true],
      ['at most, after 100,000 events', 'after 10,000 events', 1, undefined],
      ['resident memory, after 100,000 events', 'after 10,000 events', 1.1, true],
      ['objects and buffers, after 100,000 events', 'after 10,000 events', 1.1, true],
      ['growth of the data folder for an event', '', 0.6, undefined],
    ]);
  });

  it('says so when either grows', () => {
    const rows = flatRows([milestone(1_000, 500, 50), milestone(10_000, 500, 50), milestone(100_000, 1_000, 200)]);

    expect(rows.filter(({ mark }) => mark !== undefined).map((row) => judge(row)?.holds)).toEqual([false, false, false]);
  });

  it('compares with the first where there are but two', () => {
    expect(shown([milestone(1_000, 500, 50), milestone(5_000, 500, 50)]).map(([, against]) => against)).toEqual(['after 1,000 events', 'after 1,000 events', 'after 1,000 events', 'after 1,000 events', '']);
  });

  it('leaves out CPU time and resident memory where the system does not tell', () => {
    expect(shown([milestone(1_000, undefined, 50), milestone(10_000, undefined, 50)]).map(([what]) => what)).toEqual(['at most, after 10,000 events', 'objects and buffers, after 10,000 events', 'growth of the data folder for an event']);
  });

  it('shows how far the CPU times of an event spread', () => {
    const [row] = flatRows([milestone(1_000, 500, 50), milestone(10_000, 550, 50)]);

    expect(row?.value).toEqual({ median: 1.1, low: 540 / 510, high: 560 / 490, samples: 3 });
  });

  it('needs something to compare with', () => {
    expect(() => flatRows([milestone(1_000, 500, 50)])).toThrow('two milestones');
  });
});

describe('the rows of speed and lag', () => {
  it('show amounts with their unit, without a ratio', () => {
    const rows = [...speedRows(1, { eventsPerSecond: 812.4, cpuMicros: 1_100, resent: 3 }), ...lagRows(50, 1_000, { p50: 612, p99: 1_204 })];

    expect(rows.map((row) => cellsOf(row).slice(0, 2))).toEqual([
      ['at most, single webhooks', '812 events/s'],
      ['answered 503 meanwhile and sent again, single webhooks', '3 requests'],
      ['CPU time of an event, single webhooks', '1,100 µs'],
      ["from the webhook's answer to Metronome, 1,000 events/s in webhooks of 50 events, p50", '612 ms'],
      ["from the webhook's answer to Metronome, 1,000 events/s in webhooks of 50 events, p99", '1,204 ms'],
    ]);
  });
});
