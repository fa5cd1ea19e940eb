/** Spreads requests so that Metronome's event rate is kept. */
export interface Pacer {
  /**
   * Books room for the events of one request.
   * @param now epoch milliseconds
   * @param deadline epoch milliseconds
   * @returns how long the request has to wait, in milliseconds; undefined, and nothing is booked, if that is until the
   * deadline or beyond
   */
  book(events: number, now: number, deadline: number): number | undefined;
}

/**
 * So much time without requests may be made up for, in milliseconds: about what an invocation spends on receiving, mapping and
 * the ledger. Without it the rate is missed by that much of every invocation; with more, a quiet time ends in a burst.
 */
const CREDIT_MS = 500;

/**
 * A pacer for one container. After a quiet time a few requests go at once, and then the rate is kept.
 * @param eventsPerSecond this container's share; Infinity for no limit
 */
export function createPacer(eventsPerSecond: number): Pacer {
  let freeAt = Number.NEGATIVE_INFINITY;
  let bookedAt = Number.NEGATIVE_INFINITY;
  return {
    book(events, now, deadline) {
      // What was booked moves with a clock set back: else it would lie ahead for as long as that.
      if (now < bookedAt) freeAt -= bookedAt - now;
      bookedAt = now;
      const startAt = Math.max(freeAt, now);
      if (startAt >= deadline) return undefined;
      freeAt = Math.max(freeAt, now - CREDIT_MS) + (events * 1000) / eventsPerSecond;
      return startAt - now;
    },
  };
}
