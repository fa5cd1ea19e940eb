import { isObject } from '../../lambda/json-value.ts';
import { bytesOf } from '../../lambda/message.ts';
import { rawMember } from '../../local/sandbox/raw-json.ts';

/** A usage event's part in a ledger line. */
export interface LedgerUsage {
  readonly mapping: string;
  readonly transactionId?: string;
  readonly verdict: 'delivered' | 'quarantined' | 'returned';
  /** Metronome's answer. */
  readonly status?: number;
  /** Delivered on an earlier way of the event, and not sent again. */
  readonly before?: true;
  readonly reason?: string;
  readonly field?: string;
  readonly detail?: string;
}

/** What a line of the ledger says of an event: all but the event itself. Newer members than these are kept, too. */
export interface LedgerLine {
  readonly v: number;
  /** When the line was written, ISO. */
  readonly at: string;
  readonly sqsMessageId: string;
  /** Of a replayed message: the message it was first. */
  readonly replayOf?: string;
  /** Of a replayed message: the replay it came with, whatever its SQS id; older lines have none. */
  readonly replayId?: string;
  /** Segment's. */
  readonly messageId?: string;
  /** ISO */
  readonly acceptedAt: string;
  /** `returned` only if a part of the event was delivered before it went back to the queue: no end of its way. */
  readonly fate: 'delivered' | 'filtered' | 'quarantined' | 'returned';
  readonly reason?: string;
  readonly field?: string;
  readonly detail?: string;
  /** Why it was returned. */
  readonly cause?: string;
  readonly mappingVersion: string;
  readonly usage: readonly LedgerUsage[];
  /** Only of an event that isn't known to be JSON. */
  readonly eventEncoding?: 'text' | 'base64';
}

/** A line, cut into what was said of the event and the event as it came. */
export interface ReadLine {
  readonly line: LedgerLine;
  /** The event's JSON, digit for digit; of an event with an `eventEncoding`, its body. */
  readonly eventText: string;
}

/** Unescaped quotes, so nothing inside of a text; and the head has no other member of this name. */
const EVENT_MEMBER = ',"event":';
/** Behind an event that isn't known to be JSON. No JSON value ends like this: a closing bracket or a quote would follow. */
const ENCODING_MEMBER = /,"eventEncoding":"(text|base64)"\}$/;
const FATES: ReadonlySet<unknown> = new Set(['delivered', 'filtered', 'quarantined', 'returned']);
const HEAD_TEXTS = ['at', 'sqsMessageId', 'acceptedAt', 'mappingVersion'] as const;
/** Longer than any encoding's member at a line's end, in characters. */
const TAIL = 40;

/**
 * Cuts a line of the ledger; undefined if it is none. One as `ledgerLine` writes it is cut without parsing the event; one
 * that another tool has written anew since, like jq, takes longer.
 */
export function readLedgerLine(text: string): ReadLine | undefined {
  return cutLine(text) ?? readParsedLine(text, parsed(text));
}

function cutLine(text: string): ReadLine | undefined {
  const cut = text.indexOf(EVENT_MEMBER);
  if (cut === -1 || !text.endsWith('}')) return undefined;
  const head = parsed(`${text.slice(0, cut)}}`);
  if (!isHead(head)) return undefined;
  const start = cut + EVENT_MEMBER.length;
  const encoded = ENCODING_MEMBER.exec(text.slice(-TAIL));
  if (encoded === null) return { line: head, eventText: text.slice(start, -1) };
  const body = parsed(text.slice(start, text.length - encoded[0].length));
  if (typeof body !== 'string') return undefined;
  return { line: { ...head, eventEncoding: encoded[1] === 'base64' ? 'base64' : 'text' }, eventText: body };
}

/**
 * The same of a line that is parsed already, whatever the order of its members.
 * @param text the JSON that was parsed
 */
export function readParsedLine(text: string, whole: unknown): ReadLine | undefined {
  if (!isHead(whole) || !Object.hasOwn(whole, 'event')) return undefined;
  const { event, ...line }: LedgerLine & { readonly event?: unknown } = whole;
  if (line.eventEncoding === undefined) return { line, eventText: rawMember(text, 'event') ?? '' };
  return typeof event === 'string' ? { line, eventText: event } : undefined;
}

/** The event's bytes, to be stored as a message again; line breaks between JSON's tokens have become blanks. */
export function eventBytes({ line: { eventEncoding = 'text' }, eventText }: ReadLine): Buffer {
  return bytesOf({ body: eventText, encoding: eventEncoding });
}

/** The message an event was accepted as, however often it was replayed: readers reduce by it. */
export function rootOf({ replayOf, sqsMessageId }: Pick<LedgerLine, 'replayOf' | 'sqsMessageId'>): string {
  return replayOf ?? sqsMessageId;
}

/** The mappings of which something was not delivered. */
export function failedMappings({ usage }: Pick<LedgerLine, 'usage'>): readonly string[] {
  return usage.filter(({ verdict }) => verdict !== 'delivered').map(({ mapping }) => mapping);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** By the members that no event of Segment's has together. */
function isHead(head: unknown): head is LedgerLine {
  return isObject(head) && typeof head['v'] === 'number' && FATES.has(head['fate']) && Array.isArray(head['usage']) && HEAD_TEXTS.every((name) => typeof head[name] === 'string');
}
