import { readFileSync } from 'node:fs';

import { EVENT_NAMES } from './events.ts';
import type { BenchEvent, Product } from './events.ts';

/** One enabled mapping, as in a mappings file. */
export interface MappingDefinition {
  readonly name: string;
  readonly trigger: string;
  readonly mapping: Readonly<Record<string, unknown>>;
}

/** Mappings to measure, and what they make of an event: written down by hand, so that neither side judges itself. */
export interface MappingCase {
  readonly title: string;
  readonly definitions: readonly MappingDefinition[];
  expected(event: BenchEvent): Readonly<Record<string, unknown>>;
}

const IS_TRACK = 'type = "track"';

const DEFAULT_DEFINITIONS: readonly MappingDefinition[] = JSON.parse(readFileSync(new URL('../../mappings.json', import.meta.url), 'utf8')).mappings;

const DEFAULT: MappingCase = {
  title: 'default mapping',
  definitions: DEFAULT_DEFINITIONS,
  expected: ({ messageId, context, timestamp, event, properties }) => ({ transaction_id: messageId, customer_id: context.groupId, timestamp, event_type: event, properties }),
};

const TEMPLATES: MappingCase = {
  title: '@template, @if and @case',
  definitions: [
    {
      name: 'Rich in templates',
      trigger: IS_TRACK,
      mapping: {
        transaction_id: { '@template': '{{messageId}}-{{event}}' },
        customer_id: { '@if': { exists: { '@path': '$.context.groupId' }, then: { '@path': '$.context.groupId' }, else: { '@path': '$.userId' } } },
        timestamp: { '@path': '$.timestamp' },
        event_type: { '@case': { operator: 'lower', value: { '@path': '$.event' } } },
        properties: {
          region: { '@if': { exists: { '@path': '$.properties.region' }, then: { '@path': '$.properties.region' }, else: 'unknown' } },
          tier: { '@case': { operator: 'upper', value: { '@path': '$.properties.plan' } } },
          label: { '@template': '{{properties.plan}}/{{context.library.name}}@{{context.library.version}}' },
          user: { '@if': { exists: { '@path': '$.anonymousId' }, then: { '@template': 'anonymous:{{anonymousId}}' }, else: { '@template': 'user:{{userId}}' } } },
          tokens: { '@path': '$.properties.tokens' },
        },
      },
    },
  ],
  expected: ({ messageId, anonymousId, userId, context, timestamp, event, properties }) => ({
    transaction_id: `${messageId}-${event}`,
    customer_id: context.groupId,
    timestamp,
    event_type: event.toLowerCase(),
    properties: {
      region: properties.region ?? 'unknown',
      tier: properties.plan.toUpperCase(),
      label: `${properties.plan}/${context.library.name}@${context.library.version}`,
      user: anonymousId === undefined ? `user:${userId}` : `anonymous:${anonymousId}`,
      tokens: properties.tokens,
    },
  }),
};

const ARRAYS: MappingCase = {
  title: '@arrayPath and @flatten',
  definitions: [
    {
      name: 'Rich in arrays',
      trigger: IS_TRACK,
      mapping: {
        transaction_id: { '@path': '$.messageId' },
        customer_id: { '@path': '$.context.groupId' },
        timestamp: { '@path': '$.timestamp' },
        event_type: { '@path': '$.event' },
        properties: {
          items: { '@arrayPath': ['$.properties.products', { sku: { '@path': '$.product_id' }, price: { '@path': '$.price' }, width: { '@path': '$.dimensions.width' } }] },
          library: { '@flatten': { value: { '@path': '$.context.library' }, separator: '_' } },
          first: { '@flatten': { value: { '@path': '$.properties' }, separator: '.', omitArrays: true } },
        },
      },
    },
  ],
  expected: ({ messageId, context, timestamp, event, properties }) => ({
    transaction_id: messageId,
    customer_id: context.groupId,
    timestamp,
    event_type: event,
    properties: { ...(properties.products && { items: properties.products.map(itemOf) }), library: context.library, first: properties },
  }),
};

function itemOf({ product_id: sku, price, dimensions }: Product): object {
  return { sku, price, width: dimensions.width };
}

const TRIGGERS: MappingCase = {
  title: `${EVENT_NAMES} triggers, of which one matches`,
  definitions: Array.from({ length: EVENT_NAMES }, (_, index) => ({
    name: `Event ${index}`,
    trigger: `type = "track" and event = "Event ${index}" and properties.tokens > 0`,
    mapping: DEFAULT_DEFINITIONS[0]?.mapping ?? {},
  })),
  expected: DEFAULT.expected,
};

/** By the name under which a process of its own is asked for one. */
export const MAPPING_CASES = { default: DEFAULT, templates: TEMPLATES, arrays: ARRAYS, triggers: TRIGGERS } as const;

export type MappingCaseName = keyof typeof MAPPING_CASES;
