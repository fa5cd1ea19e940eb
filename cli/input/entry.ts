import { isUtf8 } from 'node:buffer';

import { messageOf } from '../../lambda/error-text.ts';
import { isObject, ownMember } from '../../lambda/json-value.ts';
import { isTooLargeForMessage } from '../../lambda/message.ts';
import type { Piece } from './piece.ts';

/** Where something stands in the input. */
export interface Place {
  readonly file: string;
  /** From 1; undefined for a whole file. */
  readonly line?: number | undefined;
  /** In its array, from 0. */
  readonly index?: number | undefined;
}

/** One thing of the input: an event as its exact text and parsed, or why something is none. */
export type Entry = { readonly place: Place } & (
  | { readonly kind: 'event'; readonly text: string; readonly value: unknown }
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'mappings' }
);

/** `events.ndjson:14`, `events.json:3[12]`; `event.json` for the one event of a file. */
export function placeText({ file, line, index }: Place): string {
  const isWholeFile = index === undefined && (line === undefined || (line === 1 && file.endsWith('.json')));
  return isWholeFile ? file : `${file}:${line ?? 1}${index === undefined ? '' : `[${index}]`}`;
}

export function entryOf(file: string, piece: Piece): Entry {
  const place: Place = { file, line: piece.line, index: piece.index };
  if (piece.kind === 'broken') return { kind: 'broken', place, problem: piece.problem };
  if (isTooLargeForMessage(piece.bytes)) return { kind: 'broken', place, problem: 'is too large for one message of the queue; the webhook refuses that' };
  if (!isUtf8(piece.bytes)) return { kind: 'broken', place, problem: 'is not UTF-8' };
  const text = piece.bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return isMappingsFile(value) ? { kind: 'mappings', place: { file } } : { kind: 'event', place, text, value };
  } catch (error) {
    return { kind: 'broken', place, problem: `is not JSON: ${messageOf(error)}` };
  }
}

/** Folders of events often hold the mappings for them, too. */
function isMappingsFile(value: unknown): boolean {
  return isObject(value) && Array.isArray(ownMember(value, 'mappings')) && !Object.hasOwn(value, 'type');
}
