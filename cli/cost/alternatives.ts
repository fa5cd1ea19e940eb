import type { Traffic } from './traffic.ts';

/** A hosted service that could carry the webhooks to Metronome, at its list price. */
export interface Alternative {
  readonly name: string;
  /** What it does of the bridge's work, and what is left to do. */
  readonly covers: string;
  /** Its price in words. */
  readonly price: string;
  readonly source: string;
  /** The day on which the price was read. */
  readonly read: string;
  /** A month, in dollars. */
  readonly usdPerMonth: (traffic: Pick<Traffic, 'events' | 'webhooks'>) => number;
}

const MILLION = 1_000_000;

/** Svix's Professional plan, and Hookdeck's Team plan with its price for the first events, for neither lists when it falls. */
const HOOKDECK = { usd: 39, includes: 10_000, usdPerMore: 1 / 100_000 };
const SVIX = { usd: 490, includes: 50_000, usdPerMore: 0.000_1 };

/** Public list prices of others. None maps to Metronome's events, puts a hundred into a request or finds the one that is refused. */
export const ALTERNATIVES: readonly Alternative[] = [
  {
    name: 'EventBridge and API destination',
    covers: 'one request to Metronome for each event; a front door that knows Segment is not in it, nor what an event costs in front of it',
    price: '$1.00 for a million custom events, $0.20 for a million sent to an API destination',
    source: 'https://www.factualminds.com/blog/amazon-eventbridge-pricing-events-pipes-schema-archive/',
    read: '2026-11-22, prices of June 2026',
    usdPerMonth: ({ events }) => (events * (1 + 0.2)) / MILLION,
  },
  {
    name: 'Hookdeck Event Gateway, Team',
    covers: 'takes a webhook, queues it and hands it on, a webhook at a time; what makes usage events of it and sends them is yours',
    price: '$39 a month with 10,000 webhooks, $1.00 for each further 100,000 ("as low as $0.33" for many)',
    source: 'https://hookdeck.com/pricing',
    read: '2026-09-20',
    usdPerMonth: ({ webhooks }) => plan(HOOKDECK, webhooks),
  },
  {
    name: 'Svix, Professional',
    covers: 'sends messages as webhooks with retries; what takes them from Segment and makes usage events of them is yours',
    price: '$490 a month with 50,000 messages, $0.0001 for each further one',
    source: 'https://www.svix.com/pricing/',
    read: '2026-09-20',
    usdPerMonth: ({ events }) => plan(SVIX, events),
  },
];

function plan({ usd, includes, usdPerMore }: typeof HOOKDECK, amount: number): number {
  return usd + Math.max(0, amount - includes) * usdPerMore;
}
