import type { Verdict } from './fate.ts';

/** A request and its answer. Start and end are places in the order of all starts and ends of one invocation. */
export interface Exchange<T> {
  readonly events: readonly T[];
  readonly verdict: Verdict;
  readonly start: number;
  readonly end: number;
}

/** @param onlyWith the only token it may be sent with */
type Post<T> = (events: readonly T[], onlyWith?: string) => Promise<Verdict>;

/** The exchanges of one invocation, in the order in which they ended. */
export interface Exchanges<T> {
  readonly post: Post<T>;
  readonly taken: readonly Exchange<T>[];
  readonly refused: readonly Exchange<T>[];
}

/** Remembers what `post` was asked and what it answered: several requests are under way at once, so order is not time. */
export function recordExchanges<T>(post: Post<T>): Exchanges<T> {
  const taken: Exchange<T>[] = [];
  const refused: Exchange<T>[] = [];
  let place = 0;
  return {
    taken,
    refused,
    async post(events, onlyWith) {
      const start = (place += 1);
      const verdict = await post(events, onlyWith);
      const exchange = { events, verdict, start, end: (place += 1) };
      if (verdict.kind === 'delivered') taken.push(exchange);
      if (verdict.kind === 'refused') refused.push(exchange);
      return verdict;
    },
  };
}
