import { DEFAULTS, loadSettings } from '../../lib/config.ts';
import { readingTable } from './ledger-reading.ts';
import { advisedOutageTable, outageTable, recordedOutages, standstillTable } from './outages.ts';
import { settingsTable, workTable } from './rates.ts';
import { saturationTable } from './saturation.ts';

export const PAGE = new URL('../../docs/scaling.md', import.meta.url);

/** The page's tables, by the names under which they stand in it. */
export function tables(): ReadonlyMap<string, string> {
  const recorded = recordedOutages();
  return new Map([
    ['saturation', saturationTable(loadSettings({ props: DEFAULTS }))],
    ['settings', settingsTable()],
    ['work', workTable()],
    ['advised outages', advisedOutageTable(recorded)],
    ['reading', readingTable()],
    ['outages', outageTable(recorded)],
    ['standstills', standstillTable(recorded)],
  ]);
}
