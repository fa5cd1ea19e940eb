import { isUtf8 } from 'node:buffer';

import { isObject } from '../../lambda/json-value.ts';
import { bytesOf } from '../../lambda/message.ts';
import { rawMember } from '../../local/sandbox/raw-json.ts';

/** An event as it stands in the input. */
export interface InputEvent {
  /** Exactly as it came; undefined if it isn't UTF-8, which only an event out of the ledger may be. */
  readonly text: string | undefined;
  /** Parsed; undefined if it isn't JSON, which only an event out of the ledger may be. */
  readonly value: unknown;
  /** When the bridge accepted it, epoch milliseconds; undefined if the input doesn't tell. */
  readonly acceptedAt: number | undefined;
}

/**
 * The event inside a line of the bridge's own ledger, digit for digit; undefined if this is no such line.
 * @param lineText the JSON that was parsed
 */
export function ledgerEvent(lineText: string, line: unknown): InputEvent | undefined {
  if (!isLedgerLine(line)) return undefined;
  const acceptedAt = typeof line['acceptedAt'] === 'string' ? Date.parse(line['acceptedAt']) : Number.NaN;
  const { eventEncoding: encoding, event } = line;
  const isText = typeof event === 'string' && (encoding === 'text' || encoding === 'base64');
  const read = isText ? storedText(event, encoding) : { text: rawMember(lineText, 'event'), value: event };
  return { ...read, acceptedAt: Number.isNaN(acceptedAt) ? undefined : acceptedAt };
}

/** By the members that no event of Segment's has together. */
function isLedgerLine(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && typeof value['v'] === 'number' && typeof value['sqsMessageId'] === 'string' && typeof value['fate'] === 'string' && Object.hasOwn(value, 'event');
}

/** An event that wasn't known to be JSON when it was stored; it may be all the same. */
function storedText(body: string, encoding: 'text' | 'base64'): Pick<InputEvent, 'text' | 'value'> {
  const bytes = bytesOf({ body, encoding });
  if (!isUtf8(bytes)) return { text: undefined, value: undefined };
  const text = bytes.toString('utf8');
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { text, value: undefined };
    throw error;
  }
}
