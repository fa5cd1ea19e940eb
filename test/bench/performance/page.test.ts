import { describe, expect, it } from '@jest/globals';

import { performancePage } from '../../../bench/performance/page.ts';
import { amountRow } from '../../../bench/performance/rows.ts';
import { table } from '../../../bench/performance/table.ts';
import { reportWith, rowWith } from './rows-of.ts';

const HELD = rowWith();
const MISSED = rowWith({ section: 'start', what: 'loading forward', reading: 'times as long', unit: 'ms', value: { median: 1.5, low: 1.4, high: 1.6, samples: 25 }, mark: { atMost: 1.25 } });
const AMOUNT = amountRow({ section: 'forward', what: 'requests for 1,000 good events', against: 'one by one', unit: 'requests', ours: 10, peer: 1_000, mark: { atMost: 10 } });

describe.each([
  ['the table', table],
  ['docs/performance.md', performancePage],
])('%s', (_, print) => {
  it('shows both sides, the ratio with its spread, and that the mark holds', () => {
    const text = print(reportWith([HELD]));

    for (const part of ['0.1 µs, 9,880,000/s', '12 µs, 81,200/s', 'actions-core', '120× (110× to 130×)', '118×', '≥ 60×', 'holds', 'All 1 marks hold.']) expect(text).toContain(part);
  });

  it('says by how much a mark is missed', () => {
    const text = print(reportWith([HELD, MISSED]));

    expect(text).toContain('MISSED by 20 %');
    expect(text).toContain('1 of 2 marks missed: loading forward (1.5× (1.4× to 1.6×), mark ≤ 1.25×).');
  });

  it('shows an amount without a ratio', () => {
    const text = print(reportWith([AMOUNT]));

    for (const part of ['10 requests', '1,000 requests', '≤ 10 requests']) expect(text).toContain(part);
    expect(text).not.toContain('×');
  });

  it('names the machine, and that others used it only if they did', () => {
    expect(print(reportWith([HELD], 1.9))).toContain('A processor, 2 cores, 16 GB, linux x64, Node 24.21.0.');
    expect(print(reportWith([HELD], 1.9))).not.toContain('Others used the machine');
    expect(print(reportWith([HELD], 7.5))).toContain('Others used the machine at the same time (load 7.5 before, 7.5 after): go by the ratios.');
  });
});

describe('docs/performance.md', () => {
  it('is dated, names the versions, and says what was not measured', () => {
    const page = performancePage(reportWith([HELD]));

    for (const part of ['2026-01-15', '@segment/actions-core 3.170.0', 'A real Lambda', 'A real network', 'The hosted destination itself']) expect(page).toContain(part);
  });

  it('has as many cells in each row as in the head', () => {
    const rows = performancePage(reportWith([HELD, MISSED, AMOUNT])).split('\n').filter((line) => line.startsWith('|'));

    expect(new Set(rows.map((row) => row.split('|').length)).size).toBe(1);
  });
});
