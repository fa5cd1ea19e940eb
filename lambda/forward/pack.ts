import { METRONOME_MAX_EVENTS_PER_REQUEST, METRONOME_MAX_REQUEST_BYTES } from '../limits.ts';

/** Anything that travels in a request: its JSON, and how many bytes that is. */
export interface Packable {
  readonly json: string;
  readonly bytes: number;
}

/** Cuts events, in order, into requests of at most 100 events and 1 MB. */
export function packRequests<T extends Packable>(
  events: readonly T[],
  maxEvents = METRONOME_MAX_EVENTS_PER_REQUEST,
  maxBytes = METRONOME_MAX_REQUEST_BYTES,
): T[][] {
  const requests: T[][] = [];
  let request: T[] = [];
  let requestBytes = EMPTY_ARRAY_BYTES;
  for (const event of events) {
    const added = event.bytes + (request.length === 0 ? 0 : COMMA_BYTES);
    if (request.length > 0 && (request.length === maxEvents || requestBytes + added > maxBytes)) {
      requests.push(request);
      request = [];
      requestBytes = EMPTY_ARRAY_BYTES;
    }
    requestBytes += event.bytes + (request.length === 0 ? 0 : COMMA_BYTES);
    request.push(event);
  }
  return request.length === 0 ? requests : [...requests, request];
}

/** The body of POST /v1/ingest: a bare array. Each event was serialised once, so it is only joined here. */
export function requestBody(events: readonly Packable[]): string {
  return `[${events.map(({ json }) => json).join(',')}]`;
}

const EMPTY_ARRAY_BYTES = 2;
const COMMA_BYTES = 1;
