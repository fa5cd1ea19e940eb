import { messageOf } from '../error-text.ts';
import { describeType, isObject } from '../json-value.ts';
import { parseEvent, toUsageEvent, UsageEventError, withNumbersAsText } from '../mapping/index.ts';
import type { CompiledMapping, ParsedEvent, UsageEvent } from '../mapping/index.ts';
import { checkLimits, isTooOld, tooOldDetail } from './check-limits.ts';
import type { Fault } from './fate.ts';
import type { QueuedEvent } from './record.ts';

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

/** Where an event goes: nowhere, aside, or on as usage events. `messageId` is Segment's. */
export type Route = { readonly messageId: string | undefined; readonly isJson: boolean } & (
  | { readonly kind: 'filtered' }
  | { readonly kind: 'faulty'; readonly fault: Fault }
  | { readonly kind: 'usage'; readonly usage: readonly Usage[] }
);

/** Longest part of a Segment messageId that is carried along, in characters: it is only for people to search by. */
const MAX_MESSAGE_ID_CHARS = 256;

/** So many characters of a customer id are searched for rounded integers: an id is short, and a hostile event is not. */
const MAX_SEARCHED_CHARS = 256;

/**
 * Maps an event with every enabled mapping whose trigger matches, and checks what comes out. Pure but for the given time;
 * never throws for what an event holds.
 * @param now epoch milliseconds
 */
export function route(queued: QueuedEvent, mappings: readonly CompiledMapping[], now: number): Route {
  const event = parse(queued.text);
  if (event === undefined) {
    return { kind: 'faulty', messageId: undefined, isJson: false, fault: { reason: 'not_json', detail: 'The body is not JSON.' } };
  }
  if (!isObject(event.ordinary)) {
    const detail = `A Segment event is a JSON object, this is ${describeType(event.ordinary)}.`;
    return { kind: 'faulty', messageId: undefined, isJson: true, fault: { reason: 'not_an_event', detail } };
  }
  const messageId = messageIdOf(event.ordinary);
  const usage = mappings.flatMap((mapping) => usageOf(event, mapping, now));
  if (usage.length === 0) return { kind: 'filtered', messageId, isJson: true };
  if (isTooOld(queued.acceptedAt, now)) {
    const detail = tooOldDetail('acceptedAt', new Date(queued.acceptedAt).toISOString());
    return { kind: 'faulty', messageId, isJson: true, fault: { reason: 'timestamp_too_old', field: 'acceptedAt', detail } };
  }
  return { kind: 'usage', messageId, isJson: true, usage: refuseDuplicates(usage) };
}

/** Undefined if the text is not JSON. */
function parse(text: string | undefined): ParsedEvent | undefined {
  if (text === undefined) return undefined;
  try {
    return parseEvent(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function usageOf(event: ParsedEvent, mapping: CompiledMapping, now: number): Usage[] {
  let mapped: unknown;
  try {
    if (!mapping.matches(event.ordinary)) return [];
    mapped = mapping.map(event.exact());
  } catch (error) {
    return [faulty(mapping, undefined, { reason: 'mapping_failed', detail: messageOf(error) })];
  }
  try {
    const usageEvent = inForm(toUsageEvent(mapped), mapping);
    const json = JSON.stringify(usageEvent);
    const bytes = Buffer.byteLength(json);
    const fault = checkLimits(usageEvent, bytes, now);
    if (fault !== undefined) return [faulty(mapping, usageEvent.transaction_id, fault)];
    const hasRoundedId = holdsRoundedInteger(usageEvent, event.roundedIntegers());
    return [{ kind: 'ready', mapping: mapping.name, transactionId: usageEvent.transaction_id, json, bytes, hasRoundedId }];
  } catch (error) {
    if (error instanceof UsageEventError) {
      return [faulty(mapping, undefined, { reason: error.reason, field: error.field, detail: error.message })];
    }
    return [faulty(mapping, undefined, { reason: 'mapping_failed', detail: messageOf(error) })];
  }
}

function inForm(usageEvent: UsageEvent, { numbersAs }: CompiledMapping): UsageEvent {
  return numbersAs === 'number' ? usageEvent : { ...usageEvent, properties: withNumbersAsText(usageEvent.properties) };
}

function holdsRoundedInteger({ transaction_id, customer_id }: UsageEvent, roundedIntegers: readonly string[]): boolean {
  const ids = `${transaction_id} ${customer_id.slice(0, MAX_SEARCHED_CHARS)}`;
  return roundedIntegers.some((integer) => ids.includes(integer));
}

/** Metronome would keep the first of two equal ids and drop the other in silence, so neither is sent. */
function refuseDuplicates(usage: readonly Usage[]): readonly Usage[] {
  if (usage.length === 1) return usage;
  const mappingsById = Map.groupBy(
    usage.filter(({ transactionId }) => transactionId !== undefined),
    ({ transactionId }) => transactionId,
  );
  return usage.map((one) => {
    const sharing = mappingsById.get(one.transactionId) ?? [];
    if (one.kind === 'faulty' || sharing.length < 2) return one;
    const names = sharing.map(({ mapping }) => `"${mapping}"`).join(', ');
    const fault: Fault = {
      reason: 'duplicate_transaction_id',
      field: 'transaction_id',
      detail: `The mappings ${names} give this event the same transaction_id; Metronome would keep only one. Make the ids differ.`,
    };
    return { kind: 'faulty', mapping: one.mapping, transactionId: one.transactionId, fault };
  });
}

function faulty(mapping: CompiledMapping, transactionId: string | undefined, fault: Fault): FaultyUsage {
  return { kind: 'faulty', mapping: mapping.name, transactionId, fault };
}

function messageIdOf(event: Readonly<Record<string, unknown>>): string | undefined {
  const messageId = event['messageId'];
  return typeof messageId === 'string' ? messageId.slice(0, MAX_MESSAGE_ID_CHARS) : undefined;
}
