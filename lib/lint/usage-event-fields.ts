import type { UsageEventField } from '../../lambda/mapping/index.ts';

/** The five fields of a usage event, in the order people read them. */
export const USAGE_EVENT_FIELDS = ['transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties'] as const satisfies readonly UsageEventField[];
