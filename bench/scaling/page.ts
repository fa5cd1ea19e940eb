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

/**
 * The page with each table as it is now.
 * @throws Error if the page has no place for one
 */
export function withTables(page: string, named: ReadonlyMap<string, string> = tables()): string {
  let written = page;
  for (const [name, text] of named) {
    const [begin, end] = [`<!-- made: ${name} -->\n`, '<!-- end -->'];
    const [start, stop] = [written.indexOf(begin), written.indexOf(end, written.indexOf(begin))];
    if (start === -1 || stop === -1) throw new Error(`docs/scaling.md has no place for the table "${name}"; expected ${begin.trim()} and, below it, ${end}`);
    written = written.slice(0, start + begin.length) + text + written.slice(stop);
  }
  return written;
}
