import { randomUUID } from 'node:crypto';

import { trackEvent } from '../helpers/segment.ts';
import type { SegmentEvent } from '../helpers/segment.ts';
import { MARK } from './metronome.ts';
import type { Mark } from './metronome.ts';

/** An event, and what has to become of it. */
export interface PlannedEvent {
  readonly event: SegmentEvent;
  readonly fate: 'delivered' | 'filtered' | 'quarantined';
  readonly reason?: 'missing_field' | 'refused_by_metronome';
}

/** So many new events that are billed. */
export function goodEvents(count: number): readonly PlannedEvent[] {
  return Array.from({ length: count }, () => ({ event: trackEvent(randomUUID()), fate: 'delivered' }));
}

/** Of a type that no mapping takes. */
export function foreignEvent(): PlannedEvent {
  return { event: trackEvent(randomUUID(), { type: 'identify' }), fate: 'filtered' };
}

/** Without the customer whom it is billed to. */
export function incompleteEvent(): PlannedEvent {
  return { event: trackEvent(randomUUID(), { context: {} }), fate: 'quarantined', reason: 'missing_field' };
}

/** Metronome answers 400 to every request that holds it. */
export function refusedEvent(): PlannedEvent {
  return { event: markedEvent('refuse'), fate: 'quarantined', reason: 'refused_by_metronome' };
}

/** An event that this Metronome treats by its mark. */
export function markedEvent(mark: Mark): SegmentEvent {
  return trackEvent(randomUUID(), { properties: { [MARK]: mark } });
}

/** Written anew, not made with the bridge's own mapping: what is expected must not come from what is tested. */
export function expectedUsage({ messageId, timestamp, event, properties, context }: SegmentEvent): Readonly<Record<string, unknown>> {
  const customer = typeof context === 'object' && context !== null && 'groupId' in context ? context.groupId : undefined;
  return { transaction_id: messageId, customer_id: customer, timestamp, event_type: event, properties };
}
