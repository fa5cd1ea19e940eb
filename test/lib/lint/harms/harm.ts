import { compileMapping, compileTrigger, MappingError, toUsageEvent, TriggerError, UsageEventError } from '../../../../lambda/mapping/index.ts';
import type { UsageEvent } from '../../../../lambda/mapping/index.ts';
import type { Example } from '../../../../lib/lint/rule.ts';
import type { MappingDefinition } from '../../../../lib/mappings-schema.ts';
import { completeExample } from '../complete-example.ts';

/**
 * What becomes of events with a rule's bad example and with its good one: 'filtered', the reason of a failure, or what
 * `shows` picks of the usage event; a list when several mappings match.
 */
export interface Harm {
  readonly claim: string;
  readonly events: readonly unknown[];
  readonly shows?: (usage: UsageEvent) => unknown;
  readonly bad: readonly unknown[];
  readonly good: readonly unknown[];
}

/** A track event of the year 2026 in which everything is there that the examples read. */
export function track(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    type: 'track',
    event: 'Order Paid',
    messageId: 'm-1',
    userId: 'u-1',
    timestamp: '2026-01-02T03:04:05.678Z',
    context: { groupId: 'g-1' },
    properties: { total: 5 },
    ...changes,
  };
}

/** What the bridge, and the hosted destination with it, makes of one event. */
export function outcomeOf(entries: readonly Example[], event: unknown, shows: NonNullable<Harm['shows']> = () => 'billed'): unknown {
  const outcomes = completeExample(entries).filter(({ enabled }) => enabled).flatMap((entry) => outcomesWith(entry, event, shows));
  const [first = 'filtered'] = outcomes;
  return outcomes.length > 1 ? outcomes : first;
}

function outcomesWith({ trigger, mapping }: MappingDefinition, event: unknown, shows: NonNullable<Harm['shows']>): readonly unknown[] {
  try {
    if (!compileTrigger(trigger)(event)) return [];
    return [shows(toUsageEvent(compileMapping(mapping)(event)))];
  } catch (error) {
    if (error instanceof TriggerError) return [error.stage === 'parse' ? 'never matches' : 'trigger fails'];
    if (error instanceof MappingError) return ['mapping fails'];
    if (error instanceof UsageEventError) return [`${error.reason} ${error.field}`];
    throw error;
  }
}
