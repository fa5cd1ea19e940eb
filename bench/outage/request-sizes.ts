import { packRequests } from '../../lambda/forward/pack.ts';

/** How many events each request of a batch holds. The packing is the bridge's own; of equal events it depends on nothing else. */
export function createRequestSizes(eventBytes: number): (events: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  const event = { json: '', bytes: eventBytes };
  return (events) => {
    const sizes = known.get(events) ?? packRequests(Array.from({ length: events }, () => event)).map((request) => request.length);
    known.set(events, sizes);
    return sizes;
  };
}
