/** A product in an event's properties. */
export interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly quantity: number;
  readonly dimensions: { readonly width: number; readonly height: number };
}

/** A track call as Segment sends it, with what the measured mappings look at. */
export interface BenchEvent {
  readonly messageId: string;
  readonly type: 'track';
  readonly event: string;
  readonly userId: string;
  readonly anonymousId?: string;
  readonly timestamp: string;
  readonly originalTimestamp: string;
  readonly sentAt: string;
  readonly receivedAt: string;
  readonly integrations: object;
  readonly version: number;
  readonly context: Readonly<Record<string, unknown>> & { readonly groupId: string; readonly library: { readonly name: string; readonly version: string } };
  readonly properties: {
    readonly plan: string;
    readonly region?: string;
    readonly tokens: number;
    readonly cost: number;
    readonly cached: boolean;
    readonly products?: readonly Product[];
  };
}

/** Bytes of JSON: a server's call, a browser's, and one with a long list in it. */
export const EVENT_SIZES = [500, 2_000, 16_000] as const;

/** As many kinds of events, named `Event 0` and so on. */
export const EVENT_NAMES = 20;

const PLANS = ['free', 'team', 'business'] as const;
const BASE_CONTEXT = { library: { name: '@segment/analytics-node', version: '2.2.1' } };
const BROWSER_CONTEXT = {
  library: { name: 'analytics.js', version: 'next-1.81.0' },
  ip: '203.0.113.77',
  locale: 'en-US',
  timezone: 'Europe/Berlin',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  userAgentData: { brands: [{ brand: 'Google Chrome', version: '131' }, { brand: 'Chromium', version: '131' }], mobile: false, platform: 'macOS' },
  page: { path: '/workspace/reports', referrer: 'https://shop.example/start', search: '?tab=usage', title: 'Reports', url: 'https://shop.example/workspace/reports?tab=usage' },
  campaign: { name: 'spring', source: 'newsletter', medium: 'email' },
};

/**
 * A realistic event of about so many bytes of JSON, always the same for the same arguments.
 * @param index makes it differ from its neighbours
 * @param at epoch milliseconds, its timestamp
 */
export function benchEvent(index: number, bytes: number, at: number): BenchEvent {
  const isSmall = bytes <= 500;
  const event: BenchEvent = {
    messageId: `bench-${at.toString(36)}-${String(index).padStart(8, '0')}-2f6c1b0e`,
    type: 'track',
    event: `Event ${index % EVENT_NAMES}`,
    userId: `user-${(index * 7_919) % 100_000}`,
    ...(!isSmall && { anonymousId: `5e0c3a1d-7b52-4c7e-9f0a-${String(index).padStart(12, '0')}` }),
    timestamp: new Date(at).toISOString(),
    originalTimestamp: new Date(at - 81).toISOString(),
    sentAt: new Date(at - 13).toISOString(),
    receivedAt: new Date(at).toISOString(),
    integrations: {},
    version: 2,
    context: { groupId: `customer-${index % 500}`, ...(isSmall ? BASE_CONTEXT : BROWSER_CONTEXT) },
    properties: {
      plan: PLANS[index % PLANS.length] ?? 'free',
      // Every other one has none, so that a condition on it goes both ways.
      ...(index % 2 === 0 && { region: 'eu-central-1' }),
      tokens: 100 + ((index * 31) % 9_000),
      cost: ((index * 17) % 400) + 0.25,
      cached: index % 3 === 0,
    },
  };
  return isSmall ? event : { ...event, properties: { ...event.properties, products: productsFor(index, bytes - JSON.stringify(event).length) } };
}

/** So many different ones, parsed from JSON as they would be. */
export function benchEvents(count: number, bytes: number, at: number): readonly BenchEvent[] {
  return Array.from({ length: count }, (_, index) => JSON.parse(JSON.stringify(benchEvent(index, bytes, at))));
}

function productsFor(index: number, bytes: number): readonly Product[] {
  const products: Product[] = [];
  for (let left = bytes; left > 0; left -= JSON.stringify(products.at(-1)).length + 1) products.push(productOf(index * 97 + products.length));
  return products;
}

function productOf(index: number): Product {
  return {
    product_id: `sku-${String(index % 1_000_000).padStart(6, '0')}`,
    name: `Seat for the workspace, kind ${index % 40}`,
    category: index % 2 === 0 ? 'seats' : 'storage',
    price: (index % 90) + 0.75,
    quantity: 1 + (index % 5),
    dimensions: { width: index % 7, height: (index % 11) + 0.5 },
  };
}
