import { DEFAULTS, loadSettings } from '../../lib/config.ts';
import type { Settings } from '../../lib/config.ts';
import { table } from '../markdown.ts';
import { ingestAtOnce, WEBHOOK_SIZES } from './capacity.ts';
import { API_ACCOUNT, LAMBDA_CONCURRENCY, LAMBDA_REQUESTS_PER_CONCURRENCY, METRONOME_RATE, SEGMENT_EVENTS_PER_SECOND } from './quotas.ts';
import { about, exact } from './words.ts';

/** Webhooks come in bursts: quotas and throttles leave room for so many times their mean. */
export const HEADROOM = 2;
const HUNDRED = 100;

/** What we advise for a rate of events. */
export interface Advice {
  readonly eventsPerSecond: number;
  readonly accountEventsPerSecond: number;
  readonly bridges: number;
  /** Of each bridge, as they are typed. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Quick after short outages, and still over 72 hours. */
export const SHORTER_DELAYS = { retryDelaysMinutes: '6,12,18' } as const;

export const ADVICE: readonly Advice[] = [
  { eventsPerSecond: 1_000, accountEventsPerSecond: 5_000, bridges: 1, settings: SHORTER_DELAYS },
  { eventsPerSecond: 10_000, accountEventsPerSecond: 25_000, bridges: 1, settings: { maxConcurrency: '80', batchSize: '300', metronomeEventsPerSecond: '23750', ...SHORTER_DELAYS } },
  { eventsPerSecond: 100_000, accountEventsPerSecond: 110_000, bridges: 10, settings: { maxConcurrency: '40', batchSize: '300', metronomeEventsPerSecond: '10900', ...SHORTER_DELAYS } },
];

/** The settings of each bridge, with the throttle that webhooks of this size need. */
export function settingsFor({ eventsPerSecond, bridges, settings }: Advice, eventsPerWebhook: number): Readonly<Record<string, string>> {
  const needed = (HEADROOM * eventsPerSecond) / bridges / eventsPerWebhook;
  if (needed <= DEFAULTS.throttleRate) return settings;
  return { ...settings, throttleRate: String(needed), throttleBurst: String(Math.min(HEADROOM * needed, API_ACCOUNT.burst)) };
}

/** The quotas of one AWS account and region that must be raised for it, as people ask for them. */
export function quotasFor({ eventsPerSecond, accountEventsPerSecond, bridges, settings }: Advice, eventsPerWebhook: number): readonly string[] {
  const webhooks = (HEADROOM * eventsPerSecond) / eventsPerWebhook;
  const concurrency = Math.max(HEADROOM * ingestAtOnce(eventsPerSecond, eventsPerWebhook) + bridges * loaded(settings).maxConcurrency, webhooks / LAMBDA_REQUESTS_PER_CONCURRENCY);
  return [
    ...(eventsPerSecond < SEGMENT_EVENTS_PER_SECOND ? [] : ['an arrangement with Segment']),
    ...(accountEventsPerSecond <= METRONOME_RATE.first ? [] : [`Metronome ${exact(accountEventsPerSecond)}/s`]),
    ...(webhooks <= API_ACCOUNT.requestsPerSecond ? [] : [`API Gateway ${exact(webhooks)} requests/s`]),
    ...(concurrency <= LAMBDA_CONCURRENCY.byDefault ? [] : [`Lambda ${exact(Math.ceil(concurrency / HUNDRED) * HUNDRED)} at once`]),
  ];
}

export function settingsTable(): string {
  const atSize = (told: (size: number) => string): readonly string[] => WEBHOOK_SIZES.map(told);
  const head = ['events a second', 'account at Metronome', 'bridges', 'settings of each bridge', ...atSize((size) => `at ${size} a webhook also`), ...atSize((size) => `quotas to ask for, at ${size}`)];
  const rowOf = (advice: Advice): readonly string[] => {
    const known = [exact(advice.eventsPerSecond), `${exact(advice.accountEventsPerSecond)}/s`, String(advice.bridges), typed(advice.settings)];
    return known.concat(
      atSize((size) => typed(beyond(settingsFor(advice, size), advice.settings)) || 'nothing'),
      atSize((size) => quotasFor(advice, size).join('; ') || 'none'),
    );
  };
  return table(head, ADVICE.map(rowOf));
}

/** What is then at work, of all bridges together. */
export function workTable(): string {
  const atSize = (told: (size: number) => string): readonly string[] => WEBHOOK_SIZES.map(told);
  const head = ['events a second', ...atSize((size) => `webhooks a second, at ${size}`), ...atSize((size) => `ingest at once, at ${size}`), 'forward at once, most', 'in hand of one bridge, most', 'pace of a container'];
  const rowOf = ({ eventsPerSecond, bridges, settings }: Advice): readonly string[] => {
    const { batchSize, maxConcurrency, metronomeEventsPerSecond } = loaded(settings);
    const webhooks = atSize((size) => exact(eventsPerSecond / size));
    const ingest = atSize((size) => about(ingestAtOnce(eventsPerSecond, size)));
    const forward = [exact(bridges * maxConcurrency), `${exact(batchSize * maxConcurrency)} events`, `${exact(metronomeEventsPerSecond / maxConcurrency)} events/s`];
    return [exact(eventsPerSecond)].concat(webhooks, ingest, forward);
  };
  return table(head, ADVICE.map(rowOf));
}

export function typed(settings: Readonly<Record<string, string>>): string {
  const words = Object.entries(settings).map(([key, text]) => `${key}=${text}`);
  return words.length === 0 ? '' : `\`${words.join(' ')}\``;
}

function loaded(settings: Readonly<Record<string, string>>): Settings {
  return loadSettings({ overrides: settings });
}

function beyond(settings: Readonly<Record<string, string>>, known: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => known[key] === undefined));
}
