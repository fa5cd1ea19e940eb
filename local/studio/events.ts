import type { EventPage, LiveEvent } from './api.ts';
import type { KeptRun, Runs } from './runs.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
const SEARCHED = ['sqsMessageId', 'messageId', 'type', 'name', 'customer', 'fate', 'reason', 'field'] as const;

/** A page of the list, the newest first, of what the filters let through. */
export function eventPage(runs: Runs, liveEvent: (kept: KeptRun) => LiveEvent, query: URLSearchParams): EventPage {
  const limit = Math.min(numberFrom(query, 'limit') ?? DEFAULT_LIMIT, MAX_LIMIT);
  const isWanted = filterFrom(query);
  const events: LiveEvent[] = [];
  for (const kept of runs.before(numberFrom(query, 'before') ?? Number.POSITIVE_INFINITY)) {
    const event = liveEvent(kept);
    if (!isWanted(event)) continue;
    if (events.length === limit) return { events, hasMore: true };
    events.push(event);
  }
  return { events, hasMore: false };
}

export function numberFrom(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function filterFrom(query: URLSearchParams): (event: LiveEvent) => boolean {
  const [fates, reasons] = [listFrom(query, 'fate'), listFrom(query, 'reason')];
  const text = (query.get('text') ?? '').toLowerCase();
  return (event) =>
    (fates.length === 0 || fates.includes(event.fate)) &&
    (reasons.length === 0 || reasons.includes(event.reason ?? '')) &&
    (text === '' || holds(event, text));
}

function holds(event: LiveEvent, text: string): boolean {
  return [...SEARCHED.map((name) => event[name]), ...event.mappings].some((value) => value?.toLowerCase().includes(text));
}

function listFrom(query: URLSearchParams, name: string): readonly string[] {
  return (query.get(name) ?? '').split(',').filter((item) => item !== '');
}
