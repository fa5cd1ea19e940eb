import { describe, expect, it } from '@jest/globals';

import { measureCost } from '../../../bench/performance/cost-section.ts';
import { measureOutage } from '../../../bench/performance/outage-section.ts';
import { QUICK } from '../../../bench/performance/plan.ts';
import { judge } from '../../../bench/performance/rows.ts';
import { table } from '../../../bench/performance/table.ts';
import { reportWith } from './rows-of.ts';

const silent = (): void => undefined;

describe('what is reckoned, not timed', () => {
  it('drains a backlog at nine tenths of the account and more', async () => {
    const [row] = await measureOutage({ ...QUICK, outageHours: 6 }, silent);

    expect(row).toMatchObject({ unit: 'events/s', peer: 5_000, value: { median: (row?.ours ?? 0) / 5_000 } });
    expect(row && judge(row)).toEqual({ holds: true });
  });

  it('has a mark for what the traffic costs, and beside it all that is paid', async () => {
    const rows = await measureCost(QUICK, silent);

    expect(rows.map(({ mark }) => mark)).toEqual([{ atMost: 2.3 }, undefined, undefined, { atMost: 0.3 }, undefined, undefined]);
    for (const [traffic, all, oneByOne] of [rows.slice(0, 3), rows.slice(3)]) {
      expect(all?.ours).toBeGreaterThan(traffic?.ours ?? Number.NaN);
      expect(oneByOne?.ours).toBeGreaterThan(all?.ours ?? Number.NaN);
    }
    expect(table(reportWith([...rows]))).toMatch(/webhooks of 50 events +\$0\.\d\d .* ≤ \$0\.30 +holds/);
  });
});
