import { METRONOME_MEMORY_DAYS } from '../../lambda/limits.ts';
import { checkEvents } from './check-events.ts';
import { listedEventJson, searchedEventJson } from './event-json.ts';
import type { AcceptedEvent, EventStore } from './event-store.ts';
import { rawElements } from './raw-json.ts';

const MEMORY_MS = METRONOME_MEMORY_DAYS * 24 * 60 * 60 * 1000;
const DEFAULT_LIST_LIMIT = 100;
const MAX_LIST_LIMIT = 1_000;

/** What to write back: JSON text, or '' for an empty body. */
export interface Answer {
  readonly status: number;
  readonly json: string;
}

/** `POST /v1/ingest`: all events accepted (new or duplicate), or a 400 and none. */
export function ingest(store: EventStore, rawBody: Buffer, nowMillis: number): Answer {
  const parsed = parseJson(rawBody);
  if (parsed.kind === 'refused') return badRequest(parsed.message);
  const check = checkEvents(parsed.value, nowMillis);
  if (check.kind === 'refused') return badRequest(check.message);

  const rawEvents = rawElements(parsed.text);
  const arrivals = check.events.map(({ transactionId }, index) => ({ transactionId, rawEvent: rawEvents[index] ?? '' }));
  store.accept(arrivals, nowMillis);
  return { status: 200, json: '' };
}

/** `POST /v1/events/search`: the events of the last 34 days with these ids; an unknown id is simply absent. */
export function search(store: EventStore, rawBody: Buffer, nowMillis: number): Answer {
  const parsed = parseJson(rawBody);
  if (parsed.kind === 'refused') return badRequest(parsed.message);
  const ids = transactionIdsOf(parsed.value);
  if (ids === undefined) return badRequest('The body must be {"transactionIds": ["…"]}, an array of strings.');
  const events = findEvents(store, ids, nowMillis);
  return { status: 200, json: `[${events.map(searchedEventJson).join(',')}]` };
}

/** `GET /events`: what the sandbox holds, newest first, for people. */
export function list(store: EventStore, query: URLSearchParams): Answer {
  const limit = wholeNumber(query.get('limit') ?? String(DEFAULT_LIST_LIMIT));
  if (limit === undefined || limit < 1 || limit > MAX_LIST_LIMIT) return badRequest(`limit must be 1 to ${MAX_LIST_LIMIT}.`);
  const after = query.get('after');
  const beforeSequence = after === null ? undefined : wholeNumber(after);
  if (after !== null && beforeSequence === undefined) return badRequest('after must be the "next" of an earlier answer.');
  const transactionId = query.get('transaction_id') ?? undefined;

  const page = store.list({ limit, beforeSequence, transactionId });
  const last = page.at(-1)?.sequence;
  const hasMore = last !== undefined && store.list({ limit: 1, beforeSequence: last, transactionId }).length > 0;
  const next = hasMore ? JSON.stringify(String(last)) : 'null';
  const events = page.map(listedEventJson).join(',\n');
  const json = `{"billed":${store.billed()},"duplicates":${store.duplicates()},"events":[${events}],"next":${next}}`;
  return { status: 200, json };
}

/** The remembered events with these ids, in the order asked. */
export function findEvents(store: EventStore, transactionIds: readonly string[], nowMillis: number): readonly AcceptedEvent[] {
  return transactionIds
    .flatMap((transactionId) => store.list({ limit: 1, transactionId }))
    .filter((event) => event.acceptedAtMillis > nowMillis - MEMORY_MS);
}

type Parsed = { readonly kind: 'parsed'; readonly text: string; readonly value: unknown } | { readonly kind: 'refused'; readonly message: string };

function parseJson(rawBody: Buffer): Parsed {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody);
    return { kind: 'parsed', text, value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof SyntaxError ? 'not valid JSON' : 'not UTF-8';
    return { kind: 'refused', message: `The body is ${why}. Nothing was accepted.` };
  }
}

function transactionIdsOf(body: unknown): readonly string[] | undefined {
  if (typeof body !== 'object' || body === null || !('transactionIds' in body)) return undefined;
  const ids: unknown = body.transactionIds;
  return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : undefined;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function badRequest(message: string): Answer {
  return { status: 400, json: JSON.stringify({ message }) };
}
