import type { SQSMessageAttributes } from 'aws-lambda';

import { isObject } from '../json-value.ts';
import { DELIVERED, NOTHING_RENAMED, REPLAY_ID, REPLAY_OF, UNDELIVERED } from '../message.ts';
import type { DeliveredUsage, Replay } from '../message.ts';

/** What a message's attributes say of an earlier way of its event. */
export interface ReadReplay {
  readonly replay?: Replay | undefined;
  /** The attribute that is there and can't be read: what was billed before is then unknown, and nothing may be sent. */
  readonly unreadable?: typeof REPLAY_OF | typeof DELIVERED | undefined;
}

/** Longer than any SQS message id or UUID, in characters. */
const MAX_ID_CHARS = 100;
const FIRST_TIME: ReadReplay = {};

/** Reads attributes of any origin; never throws. */
export function readReplay(attributes: SQSMessageAttributes): ReadReplay {
  const origin = attributes[REPLAY_OF];
  const delivered = attributes[DELIVERED];
  if (origin === undefined && delivered === undefined) return FIRST_TIME;
  const of = origin?.stringValue ?? '';
  if (of === '' || of.length > MAX_ID_CHARS) return { unreadable: REPLAY_OF };
  const replay: Replay = { of, delivered: [], ...marksOf(attributes) };
  if (delivered === undefined) return { replay };
  const usage = deliveredUsage(delivered.stringValue);
  return usage === undefined ? { replay, unreadable: DELIVERED } : { replay: { ...replay, delivered: usage } };
}

/** A replay of an older tool has none of these; without them less is known, and less is sent. */
function marksOf(attributes: SQSMessageAttributes): Pick<Replay, 'id' | 'nothingRenamed' | 'undelivered'> {
  const id = attributes[REPLAY_ID]?.stringValue ?? '';
  const isId = id !== '' && id.length <= MAX_ID_CHARS;
  const nothingRenamed = attributes[NOTHING_RENAMED]?.stringValue === String(true);
  const names = parse(attributes[UNDELIVERED]?.stringValue ?? '');
  const undelivered = Array.isArray(names) && names.every((name): name is string => typeof name === 'string') ? { undelivered: names } : {};
  return { ...(isId ? { id } : {}), ...(nothingRenamed ? { nothingRenamed } : {}), ...undelivered };
}

/** Undefined if the text is anything else: half a list would bill the other half twice. */
function deliveredUsage(text: string | undefined): readonly DeliveredUsage[] | undefined {
  const items = parse(text ?? '');
  if (!Array.isArray(items)) return undefined;
  const usage = items.flatMap(usageFrom);
  return usage.length === items.length ? usage : undefined;
}

function usageFrom(item: unknown): DeliveredUsage[] {
  if (!isObject(item)) return [];
  const { mapping, transactionId } = item;
  return typeof mapping === 'string' && typeof transactionId === 'string' ? [{ mapping, transactionId }] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
