import { isUtf8 } from 'node:buffer';

import { messageOf } from '../../lambda/error-text.ts';
import { isObject, ownMember } from '../../lambda/json-value.ts';
import { isTooLargeForMessage } from '../../lambda/message.ts';
import { visible } from '../text.ts';
import { ledgerEvent } from './ledger-event.ts';
import type { InputEvent } from './ledger-event.ts';
import type { Piece } from './piece.ts';

const TOO_LARGE = 'is too large for one message of the queue; the webhook refuses that';

/** Where something stands in the input. */
export interface Place {
  readonly file: string;
  /** From 1; undefined for a whole file. */
  readonly line?: number | undefined;
  /** In its array, from 0. */
  readonly index?: number | undefined;
}

/** An event of the input. */
export interface EventEntry extends InputEvent {
  readonly kind: 'event';
  readonly place: Place;
}

/** One thing of the input: an event, or why something is none; `not_read` is for a whole file or folder. */
export type Entry = EventEntry | { readonly kind: 'broken' | 'not_read'; readonly place: Place; readonly problem: string } | { readonly kind: 'mappings'; readonly place: Place };

/** For people, on one line: `events.ndjson:14`, `events.json:3[12]`; `event.json` for the one event of a file. */
export function placeText({ file, line, index }: Place): string {
  const isWholeFile = index === undefined && (line === undefined || (line === 1 && /\.json(?:\.gz)?$/i.test(file)));
  return isWholeFile ? visible(file) : `${visible(file)}:${line ?? 1}${index === undefined ? '' : `[${index}]`}`;
}

export function entryOf(file: string, piece: Piece): Entry {
  const place: Place = { file, line: piece.line, index: piece.index };
  if (piece.kind === 'broken') return { kind: 'broken', place, problem: piece.problem };
  if (!isUtf8(piece.bytes)) return { kind: 'broken', place, problem: 'is not UTF-8' };
  const text = piece.bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (isMappingsFile(value)) return { kind: 'mappings', place: { file } };
    const event = ledgerEvent(text, value) ?? { text, value, acceptedAt: undefined };
    return isTooLarge(event, piece.bytes) ? { kind: 'broken', place, problem: TOO_LARGE } : { kind: 'event', place, ...event };
  } catch (error) {
    return { kind: 'broken', place, problem: `is not JSON: ${messageOf(error)}` };
  }
}

/** What came out of the ledger was stored before. */
function isTooLarge({ acceptedAt }: InputEvent, bytes: Buffer): boolean {
  return acceptedAt === undefined && isTooLargeForMessage(bytes);
}

/** Folders of events often hold the mappings for them, too. */
function isMappingsFile(value: unknown): boolean {
  return isObject(value) && Array.isArray(ownMember(value, 'mappings')) && !Object.hasOwn(value, 'type');
}
