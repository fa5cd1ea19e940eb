import { MAX_IDS } from '../../cli/ledger/id-numbers.ts';
import { DEFAULTS } from '../../lib/config.ts';
import { duration } from '../outage/report.ts';
import { table } from '../markdown.ts';
import { LEDGER_BYTES_PER_EVENT, LEDGER_MB_PER_SECOND, RECONCILE_BYTES_PER_EVENT } from './measured.ts';
import { ADVICE } from './rates.ts';
import type { Advice } from './rates.ts';
import { about, exact } from './words.ts';

const DAY_SECONDS = 24 * 60 * 60;
const GB = 1_000_000_000;

/** How long the tool reads one bridge's ledger of so many days. */
export function readingSeconds(eventsPerSecond: number, days: number): number {
  return (eventsPerSecond * days * DAY_SECONDS * LEDGER_BYTES_PER_EVENT) / (LEDGER_MB_PER_SECOND * 1_000_000);
}

/** Events a second of one bridge at which a day holds as many messages as reconcile can number. */
export function reconcileLimit(): number {
  return MAX_IDS / DAY_SECONDS;
}

export function readingTable(): string {
  const spans = [1 / 24, 1, DEFAULTS.archiveDays];
  const head = ['events a second', 'of one bridge', 'its ledger of a day', 'an hour is read in', 'a day', `${DEFAULTS.archiveDays} days (\`archiveDays\`)`, 'memory of `reconcile` for a day'];
  const rowOf = ({ eventsPerSecond, bridges }: Advice): readonly string[] => {
    const rate = eventsPerSecond / bridges;
    const ofDay = (bytesPerEvent: number): string => `${about((rate * DAY_SECONDS * bytesPerEvent) / GB)} GB`;
    const spent = spans.map((days) => spanText(readingSeconds(rate, days)));
    return [exact(eventsPerSecond), exact(rate), ofDay(LEDGER_BYTES_PER_EVENT)].concat(spent, ofDay(RECONCILE_BYTES_PER_EVENT));
  };
  return table(head, ADVICE.map(rowOf));
}

function spanText(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : duration(seconds);
}
