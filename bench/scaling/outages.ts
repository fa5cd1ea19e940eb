import { readFileSync } from 'node:fs';

import { readOptions } from '../outage/options.ts';
import { duration } from '../outage/report.ts';
import type { Scenario } from '../outage/scenario.ts';
import type { OutageResult } from '../outage/simulate.ts';
import { table } from '../markdown.ts';
import { ADVICE, SHORTER_DELAYS, typed } from './rates.ts';
import { exact } from './words.ts';

/** An outage the page tells of. */
export interface OutageCase {
  readonly about: string;
  /** Options after `npx node bench/outage.ts`. */
  readonly options: readonly string[];
  /** Settings that differ from the defaults. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A case, what was simulated, and what came of it. */
export interface RecordedOutage {
  readonly about: string;
  readonly scenario: Scenario;
  readonly result: OutageResult;
}

/** What each outage costs. */
export const OUTAGES: readonly OutageCase[] = [
  { about: '72 h at 1,000 events/s, default settings', options: ['--hours', '72'], settings: {} },
  { about: 'the same, with shorter delays', options: ['--hours', '72'], settings: SHORTER_DELAYS },
  { about: 'the same, an account of 25,000/s', options: ['--hours', '72', '--account-rate', '25000'], settings: { maxConcurrency: '80', batchSize: '300', metronomeEventsPerSecond: '23750' } },
  { about: 'an hour at 1,000/s, default settings', options: ['--hours', '1'], settings: {} },
  { about: 'the same, with shorter delays', options: ['--hours', '1'], settings: SHORTER_DELAYS },
  { about: '72 h at 10/s, default settings', options: ['--hours', '72', '--rate', '10'], settings: {} },
  { about: '72 h, then an hour in which every run is in a new container', options: ['--hours', '72', '--restart-storm'], settings: {} },
  { about: '72 h, the account takes less than forward sends', options: ['--hours', '72', '--account-rate', '3000'], settings: {} },
  { about: "forward can't start for 8 h", options: ['--cannot-start', '8h'], settings: {} },
];

/** An hour's outage with the settings advised for each rate, of one bridge. */
export const ADVISED_OUTAGES: readonly OutageCase[] = ADVICE.map(({ eventsPerSecond, accountEventsPerSecond, bridges, settings }) => ({
  about: bridges === 1 ? exact(eventsPerSecond) : `${exact(eventsPerSecond)}, one of ${bridges} bridges`,
  options: ['--hours', '1', '--rate', String(eventsPerSecond / bridges), '--account-rate', String(accountEventsPerSecond / bridges)],
  settings,
}));

const SHORT_OUTAGE_HOURS = [0.2, 0.5, 1, 1.5, 2, 2.5] as const;
const DELAYS = [{}, SHORTER_DELAYS] as const;

/** How long forward stands still after short outages at 1,000 events a second. */
export const STANDSTILLS: readonly OutageCase[] = SHORT_OUTAGE_HOURS.flatMap((hours) => DELAYS.map((settings) => standstill(hours, settings)));

export const RECORD = new URL('outages.json', import.meta.url);

export function recordedOutages(): readonly RecordedOutage[] {
  const recorded: readonly RecordedOutage[] = JSON.parse(readFileSync(RECORD, 'utf8'));
  return recorded;
}

/** Words for the command line. */
export function wordsOf({ options, settings }: OutageCase): readonly string[] {
  return [...options, ...Object.entries(settings).map(([key, text]) => `${key}=${text}`)];
}

/** @throws ConfigError for settings that aren't right */
export function scenarioOf(outage: OutageCase): Scenario {
  const options = readOptions(wordsOf(outage));
  if (options === 'help') throw new Error(`"${outage.about}" asks for help; expected a scenario`);
  return options.scenario;
}

/** @throws Error if this case was never simulated as it is now */
export function resultOf(outage: OutageCase, recorded: readonly RecordedOutage[]): OutageResult {
  const scenario = JSON.stringify(scenarioOf(outage));
  const found = recorded.find((one) => JSON.stringify(one.scenario) === scenario);
  if (found !== undefined) return found.result;
  throw new Error(`"${outage.about}" was not simulated with the settings of today; run: npx node bench/scaling/measure-outages.ts`);
}

export function outageTable(recorded: readonly RecordedOutage[]): string {
  const head = ['outage', 'options after `npx node bench/outage.ts`', 'dead letters', 'peak backlog', 'half speed after', 'drained in', "drain rate, share of the account's", 'most receives', 'requests to the ailing Metronome'];
  return table(
    head,
    OUTAGES.map((outage) => {
      const result = resultOf(outage, recorded);
      const { accountEventsPerSecond } = scenarioOf(outage);
      return [
        outage.about,
        `\`${wordsOf(outage).join(' ')}\``,
        exact(result.fates.dead),
        millions(result.peakBacklog),
        spanOf(result.halfSpeedSeconds, 'never needed'),
        spanOf(result.drainSeconds, 'not seen'),
        `${exact(100 * result.shareOfAccount)} % of ${exact(accountEventsPerSecond)}/s`,
        exact(result.mostReceives),
        exact(result.requestsWhileDown),
      ];
    }),
  );
}

export function advisedOutageTable(recorded: readonly RecordedOutage[]): string {
  return table(
    ['events a second', 'options after `npx node bench/outage.ts`', 'and settings', 'peak backlog', 'peak in flight', 'half speed after', 'drained in'],
    ADVISED_OUTAGES.map((outage) => {
      const result = resultOf(outage, recorded);
      return [
        outage.about,
        `\`${outage.options.join(' ')}\``,
        typed(outage.settings),
        millions(result.peakBacklog),
        exact(result.peakInFlight),
        spanOf(result.halfSpeedSeconds, 'never needed'),
        spanOf(result.drainSeconds, 'not seen'),
      ];
    }),
  );
}

export function standstillTable(recorded: readonly RecordedOutage[]): string {
  const half = (hours: number, settings: OutageCase['settings']): string => spanOf(resultOf(standstill(hours, settings), recorded).halfSpeedSeconds, 'never needed');
  return table(
    ['outage at 1,000 events/s', 'half speed after, default settings', `with ${typed(SHORTER_DELAYS)}`],
    SHORT_OUTAGE_HOURS.map((hours) => [`${hours} h`].concat(DELAYS.map((settings) => half(hours, settings)))),
  );
}

function standstill(hours: number, settings: OutageCase['settings']): OutageCase {
  return { about: `${hours} h at 1,000/s`, options: ['--hours', String(hours)], settings };
}

function millions(events: number): string {
  return `${(events / 1_000_000).toLocaleString('en-US', { maximumSignificantDigits: events < 10_000_000 ? 2 : 3 })} M`;
}

function spanOf(seconds: number | undefined, none: string): string {
  return seconds === undefined ? none : duration(seconds);
}
