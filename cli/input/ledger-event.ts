import { isUtf8 } from 'node:buffer';

import { eventBytes, readParsedLine } from '../ledger/ledger-line.ts';

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
  const read = readParsedLine(lineText, line);
  if (read === undefined) return undefined;
  const acceptedAt = Date.parse(read.line.acceptedAt);
  return { ...storedEvent(eventBytes(read)), acceptedAt: Number.isNaN(acceptedAt) ? undefined : acceptedAt };
}

/** An event may not have been known to be JSON when it was stored, and be it all the same. */
function storedEvent(bytes: Buffer): Pick<InputEvent, 'text' | 'value'> {
  if (!isUtf8(bytes)) return { text: undefined, value: undefined };
  const text = bytes.toString('utf8');
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { text, value: undefined };
    throw error;
  }
}
