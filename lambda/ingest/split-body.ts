import { INGEST_MAX_BATCH_EVENTS } from '../limits.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** A webhook body as the events in it, each its exact bytes (views into the body, nothing is copied). */
export type SplitBody =
  | { readonly kind: 'single' }
  /** `first` is what Segment signs of a batch; `events` is undefined if the array can't be split. */
  | { readonly kind: 'array'; readonly first: Buffer | undefined; readonly events: readonly Buffer[] | undefined };

/**
 * Cuts a JSON array into its elements' exact bytes, without parsing them: re-serialising could change a number, and an
 * element that isn't JSON harms only itself. Anything that doesn't start with `[` is a single event.
 */
export function splitBody(body: Buffer): SplitBody {
  const open = skipWhitespace(body, 0);
  if (body[open] !== OPEN_BRACKET) return { kind: 'single' };
  const start = skipWhitespace(body, open + 1);
  const first = elementAt(body, start);
  return { kind: 'array', first, events: splitElements(body, start) };
}

/** An array without any event: it has no first element that Segment could have signed. */
export function isEmptyBatch(split: SplitBody): boolean {
  return split.kind === 'array' && split.events?.length === 0;
}

function splitElements(body: Buffer, start: number): Buffer[] | undefined {
  const events: Buffer[] = [];
  if (body[start] === CLOSE_BRACKET) return endsAfter(body, start) ? events : undefined;
  for (let at = start; events.length < INGEST_MAX_BATCH_EVENTS; ) {
    const event = elementAt(body, at);
    if (event === undefined) return undefined;
    events.push(event);
    const separator = skipWhitespace(body, at + event.length);
    if (body[separator] === CLOSE_BRACKET) return endsAfter(body, separator) ? events : undefined;
    if (body[separator] !== COMMA) return undefined;
    at = skipWhitespace(body, separator + 1);
  }
  return undefined;
}

/** The value that begins at `start`; undefined if none does or it never ends. */
function elementAt(body: Buffer, start: number): Buffer | undefined {
  const end = valueEnd(body, start);
  return end > start ? body.subarray(start, end) : undefined;
}

function endsAfter(body: Buffer, closeBracket: number): boolean {
  return skipWhitespace(body, closeBracket + 1) === body.length;
}

/** The index just past the value at `start`, or -1. Brackets are counted, not matched by kind: an element that mixes them isn't JSON, which forward finds out. */
function valueEnd(body: Buffer, start: number): number {
  switch (body[start]) {
    case QUOTE:
      return stringEnd(body, start);
    case OPEN_BRACE:
    case OPEN_BRACKET:
      return nestedEnd(body, start);
    default:
      return scalarEnd(body, start);
  }
}

function nestedEnd(body: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) {
      at = stringEnd(body, at) - 1;
      if (at < 0) return -1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function stringEnd(body: Buffer, start: number): number {
  for (let at = start + 1; at < body.length; at += 1) {
    if (body[at] === BACKSLASH) at += 1;
    else if (body[at] === QUOTE) return at + 1;
  }
  return -1;
}

function scalarEnd(body: Buffer, start: number): number {
  let at = start;
  while (at < body.length && !endsScalar(body[at])) at += 1;
  return at;
}

function endsScalar(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE || isWhitespace(byte);
}

function skipWhitespace(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && isWhitespace(body[at])) at += 1;
  return at;
}

/** The four that JSON allows between values: https://www.rfc-editor.org/rfc/rfc8259#section-2 */
function isWhitespace(byte: number | undefined): boolean {
  return byte === SPACE || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === TAB;
}
