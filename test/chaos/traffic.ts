import { LOCAL_CREDENTIALS, signature } from '../helpers/segment.ts';
import type { SegmentRequest } from '../helpers/segment.ts';
import { makeEvent } from './event-kinds.ts';
import { eventId } from './planned-event.ts';
import type { PlannedEvent } from './planned-event.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** What Segment sends in a run, in order. */
export interface Traffic {
  readonly events: readonly PlannedEvent[];
  readonly requests: readonly SegmentRequest[];
}

/** Of the requests; of the events that is about a third. */
const SINGLE_SHARE = 0.93;
const MAX_BATCH = 50;
/** Of the requests, so many are sent a second time, a while later. */
const REPEATED_SHARE = 0.04;
/** How much later, in requests: some at once, some when the first is long delivered. */
const MAX_REQUESTS_LATER = 200;

/** @param now epoch milliseconds */
export function planTraffic(seed: number, count: number, now: number): Traffic {
  const random = createRandom(seed, 'traffic');
  const events = Array.from({ length: count }, (_, index) => makeEvent({ id: eventId(seed, index), random, now }));
  return { events, requests: withRepeats(requestsFor(events, random), random) };
}

/** One event as a signed webhook, or several as a batch with the token beside the signature of its first. */
export function webhookOf(events: readonly PlannedEvent[]): SegmentRequest {
  const texts = events.map(({ text }) => text);
  const isSingle = texts.length === 1;
  const body = isSingle ? texts.join('') : `[${texts.join(',')}]`;
  const headers = { 'content-type': 'application/json', 'x-signature': signature(texts[0] ?? '', LOCAL_CREDENTIALS.sharedSecret) };
  return { method: 'POST', headers: isSingle ? headers : { ...headers, authorization: `Bearer ${LOCAL_CREDENTIALS.endpointToken}` }, body };
}

function requestsFor(events: readonly PlannedEvent[], random: Random): SegmentRequest[] {
  const requests: SegmentRequest[] = [];
  for (let from = 0; from < events.length; ) {
    const size = random.chance(SINGLE_SHARE) ? 1 : random.integer(2, MAX_BATCH);
    requests.push(webhookOf(events.slice(from, from + size)));
    from += size;
  }
  return requests;
}

function withRepeats(requests: readonly SegmentRequest[], random: Random): SegmentRequest[] {
  const places = requests.map((request, place) => ({ request, place }));
  const repeats = places.filter(() => random.chance(REPEATED_SHARE)).map(({ request, place }) => ({ request, place: place + random.integer(0, MAX_REQUESTS_LATER) }));
  return [...places, ...repeats].toSorted((a, b) => a.place - b.place).map(({ request }) => request);
}
