import { messageOf } from '../error-text.ts';
import { toUsageEvent, UsageEventError, withNumbersAsText } from '../mapping/index.ts';
import type { CompiledMapping, ParsedEvent, UsageEvent } from '../mapping/index.ts';
import { checkLimits } from './check-limits.ts';
import type { Fault } from './fate.ts';

/** A usage event that may be sent, serialised once. */
export interface ReadyUsage {
  readonly kind: 'ready';
  readonly mapping: string;
  readonly transactionId: string;
  readonly json: string;
  /** Size of `json` in UTF-8. */
  readonly bytes: number;
  /** The transaction or customer id holds an integer that JavaScript rounded, as it does at the hosted destination. */
  readonly hasRoundedId: boolean;
}

/** A usage event that must not be sent. */
export interface FaultyUsage {
  readonly kind: 'faulty';
  readonly mapping: string;
  readonly transactionId: string | undefined;
  readonly fault: Fault;
}

export type Usage = ReadyUsage | FaultyUsage;

/** What JSON.stringify runs into. */
const TOO_DEEP = 'The properties are nested too deeply to be sent.';
/** So many characters of a customer id are searched for rounded integers: an id is short, and a hostile event is not. */
const MAX_SEARCHED_CHARS = 256;

/**
 * What one mapping makes of an event: nothing if its trigger doesn't match, else a usage event that may be sent, or one that
 * must not. Never throws for what an event holds.
 * @param now epoch milliseconds
 */
export function usageOf(event: ParsedEvent, mapping: CompiledMapping, now: number): Usage | undefined {
  let mapped: unknown;
  try {
    if (!mapping.matches(event.ordinary)) return undefined;
    mapped = mapping.map(event.exact());
  } catch (error) {
    return faulty(mapping, undefined, { reason: 'mapping_failed', detail: messageOf(error) });
  }
  try {
    return checked(inForm(toUsageEvent(mapped), mapping), event, mapping, now);
  } catch (error) {
    if (error instanceof UsageEventError) return faulty(mapping, undefined, { reason: error.reason, field: error.field, detail: error.message });
    return faulty(mapping, undefined, { reason: 'mapping_failed', detail: error instanceof RangeError ? TOO_DEEP : messageOf(error) });
  }
}

function checked(usageEvent: UsageEvent, event: ParsedEvent, mapping: CompiledMapping, now: number): Usage {
  const json = JSON.stringify(usageEvent);
  const bytes = Buffer.byteLength(json);
  const { transaction_id: transactionId } = usageEvent;
  const fault = checkLimits(usageEvent, bytes, now);
  if (fault !== undefined) return faulty(mapping, transactionId, fault);
  const hasRoundedId = holdsRoundedInteger(usageEvent, event.roundedIntegers());
  return { kind: 'ready', mapping: mapping.name, transactionId, json, bytes, hasRoundedId };
}

function inForm(usageEvent: UsageEvent, { numbersAs }: CompiledMapping): UsageEvent {
  return numbersAs === 'number' ? usageEvent : { ...usageEvent, properties: withNumbersAsText(usageEvent.properties) };
}

function holdsRoundedInteger({ transaction_id, customer_id }: UsageEvent, roundedIntegers: readonly string[]): boolean {
  // Nearly no event has one, and ids are long to put together.
  if (roundedIntegers.length === 0) return false;
  const ids = `${transaction_id} ${customer_id.slice(0, MAX_SEARCHED_CHARS)}`;
  return roundedIntegers.some((integer) => ids.includes(integer));
}

function faulty(mapping: CompiledMapping, transactionId: string | undefined, fault: Fault): FaultyUsage {
  return { kind: 'faulty', mapping: mapping.name, transactionId, fault };
}
