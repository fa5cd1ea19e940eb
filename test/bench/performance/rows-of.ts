import type { Row } from '../../../bench/performance/rows.ts';
import type { Report } from '../../../bench/performance/report.ts';

/** A row of a contest that went twice as well as its mark asks, but for what a test changes. */
export function rowWith(changes: Partial<Row> = {}): Row {
  return {
    section: 'mapping',
    what: 'default mapping, 2 KB',
    against: 'actions-core',
    unit: 'µs',
    ours: 0.1,
    peer: 12,
    oursPerSecond: 9_876_543,
    peerPerSecond: 81_234,
    reading: 'times as fast',
    value: { median: 120, low: 110, high: 130, samples: 40 },
    wallValue: { median: 118, low: 100, high: 140, samples: 40 },
    mark: { atLeast: 60 },
    ...changes,
  };
}

export function reportWith(rows: readonly Row[], load = 0.5): Report {
  const versions = { bridge: '0.1.0', '@segment/actions-core': '3.170.0' };
  const setting = { at: '2026-01-15T12:00:00.000Z', processor: 'A processor', cores: 2, memoryGb: 16, platform: 'linux x64', node: '24.21.0', versions, loadBefore: load, loadAfter: load };
  return { quick: false, setting, rows };
}
