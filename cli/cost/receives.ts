import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_BYTES } from '../../lambda/limits.ts';
import { messageBytesOf, SQS_UNIT_BYTES } from './sends.ts';

/** Of requests that take so many at most, the last is half full on average. */
export function requestsFor(items: number, most: number): number {
  return items === 0 ? 0 : Math.max(1, (items + (most - 1) / 2) / most);
}

/** What it takes to receive so many events of a batch, if each receive brings ten, or as many as fit into one. In requests of 64 KB. */
export function receivesFor(events: number, eventBytes: number): number {
  const bytes = messageBytesOf(eventBytes);
  const most = Math.max(1, Math.min(SQS_MAX_BATCH_ENTRIES, Math.floor(SQS_MAX_BYTES / bytes)));
  const requests = requestsFor(events, most);
  return requests * requestsFor((events / requests) * bytes, SQS_UNIT_BYTES);
}

/** The same if each receive brings one alone, as the first of a long poll may. */
export function singleReceivesFor(events: number, eventBytes: number): number {
  return events * Math.ceil(messageBytesOf(eventBytes) / SQS_UNIT_BYTES);
}
