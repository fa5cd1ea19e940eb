import type { MappingDefinition } from '../../../lib/mappings-schema.ts';
import type { Example } from '../../../lib/lint/rule.ts';

/** What an example leaves out: the defaults of the hosted destination, as in mappings.json. */
const TRIGGER = 'type = "track"';
const MAPPING = {
  transaction_id: { '@path': '$.messageId' },
  customer_id: { '@path': '$.context.groupId' },
  timestamp: { '@path': '$.timestamp' },
  event_type: { '@path': '$.event' },
  properties: { '@path': '$.properties' },
};

/** The whole entries that an example stands for. */
export function completeExample(entries: readonly Example[]): readonly MappingDefinition[] {
  return entries.map(({ enabled = true, trigger = TRIGGER, mapping = {}, acknowledge = [] }, index) => ({
    name: `Mapping ${index + 1}`,
    enabled,
    trigger,
    mapping: Object.fromEntries(Object.entries({ ...MAPPING, ...mapping }).filter(([, value]) => value !== undefined)),
    acknowledge: [...acknowledge],
    numbersAs: 'number',
  }));
}
