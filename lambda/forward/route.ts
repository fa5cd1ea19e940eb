import { describeType, isObject } from '../json-value.ts';
import { parseEvent } from '../mapping/index.ts';
import type { CompiledMapping, ParsedEvent } from '../mapping/index.ts';
import { isTooOld, tooOldDetail } from './check-limits.ts';
import type { Fault } from './fate.ts';
import type { QueuedEvent } from './record.ts';
import { skipDelivered } from './skip-delivered.ts';
import { usageOf } from './usage-of.ts';
import type { Usage } from './usage-of.ts';

export type { FaultyUsage, ReadyUsage, Usage } from './usage-of.ts';

/**
 * Where an event goes: nowhere, aside, or on as usage events; of a replayed one only those that were not delivered before,
 * which may be none. `messageId` is Segment's.
 */
export type Route = { readonly messageId: string | undefined; readonly isJson: boolean } & (
  | { readonly kind: 'filtered' }
  | { readonly kind: 'faulty'; readonly fault: Fault }
  | { readonly kind: 'usage'; readonly usage: readonly Usage[] }
);

/** Longest part of a Segment messageId that is carried along, in characters: it is only for people to search by. */
const MAX_MESSAGE_ID_CHARS = 256;

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
  const fault = queued.unreadable === undefined ? undefined : unreadableReplay(queued.unreadable);
  if (fault !== undefined) return { kind: 'faulty', messageId, isJson: true, fault };
  const matching = matchingUsage(event, mappings, now);
  if (matching.length === 0) return { kind: 'filtered', messageId, isJson: true };
  const usage = skipDelivered(matching, queued.replay);
  if (usage.length > 0 && isTooOld(queued.acceptedAt, now)) {
    const detail = tooOldDetail('acceptedAt', new Date(queued.acceptedAt).toISOString());
    return { kind: 'faulty', messageId, isJson: true, fault: { reason: 'timestamp_too_old', field: 'acceptedAt', detail } };
  }
  return { kind: 'usage', messageId, isJson: true, usage };
}

function matchingUsage(event: ParsedEvent, mappings: readonly CompiledMapping[], now: number): readonly Usage[] {
  const matching: Usage[] = [];
  for (const mapping of mappings) {
    const usage = usageOf(event, mapping, now);
    if (usage !== undefined) matching.push(usage);
  }
  return matching;
}

function unreadableReplay(field: string): Fault {
  const detail = `The message is a replay, but its attribute ${field} can't be read: what was billed before is unknown, so nothing is sent.`;
  return { reason: 'invalid_field', field, detail };
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

/** Segment's, of an event's text; undefined if it has none, or can't be read for whatever reason. */
export function messageIdIn(text: string | undefined): string | undefined {
  try {
    const event = parse(text)?.ordinary;
    return isObject(event) ? messageIdOf(event) : undefined;
  } catch {
    // Only an aid for people; the event it belongs to has a fault of its own.
    return undefined;
  }
}

function messageIdOf(event: Readonly<Record<string, unknown>>): string | undefined {
  const messageId = event['messageId'];
  return typeof messageId === 'string' ? messageId.slice(0, MAX_MESSAGE_ID_CHARS) : undefined;
}
