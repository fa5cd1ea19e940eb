import type { Verdict } from './fate.ts';

/** Requests spent on splitting in one invocation: a service that refuses everything must not be asked for every event. */
export const MAX_SPLIT_REQUESTS = 300;

export interface Isolation<T> {
  /** Sends the events as one request; if it is refused, splits it until each refused event was refused alone. */
  send(events: readonly T[]): Promise<void>;
}

/**
 * Finds the guilty events of refused requests by halves. When one half passes, the other is known to hold a guilty one and
 * is split on without being tried as a whole. A single event is always tried alone, so that what is quarantined is what
 * Metronome refused, with its sentence.
 * @param leftFirst decides by chance which half is tried first, so that no place in a request always costs the most
 */
export function createIsolation<T>(
  post: (events: readonly T[]) => Promise<Verdict>,
  settle: (event: T, verdict: Verdict) => void,
  leftFirst: () => boolean,
): Isolation<T> {
  let splitRequests = 0;

  async function send(events: readonly T[]): Promise<void> {
    const outcome = await post(events);
    if (outcome.kind === 'refused' && events.length > 1) await split(events, inferable(outcome.status));
    else settleAll(events, outcome);
  }

  async function split(events: readonly T[], mayInfer: boolean): Promise<void> {
    const middle = Math.ceil(events.length / 2);
    const halves = [events.slice(0, middle), events.slice(middle)] as const;
    const [first, second] = leftFirst() ? halves : halves.toReversed();
    const firstPassed = await tryHalf(first);
    if (firstPassed && mayInfer && second.length > 1) await split(second, mayInfer);
    else await tryHalf(second);
  }

  /** True if Metronome took the half whole. */
  async function tryHalf(half: readonly T[]): Promise<boolean> {
    if (splitRequests >= MAX_SPLIT_REQUESTS) {
      settleAll(half, { kind: 'returned', cause: 'split_limit' });
      return false;
    }
    splitRequests += 1;
    const outcome = await post(half);
    if (outcome.kind === 'refused' && half.length > 1) await split(half, inferable(outcome.status));
    else settleAll(half, outcome);
    return outcome.kind === 'delivered';
  }

  function settleAll(events: readonly T[], outcome: Verdict): void {
    for (const event of events) settle(event, outcome);
  }

  return { send };
}

/** A request too large as a whole says nothing of its halves. */
function inferable(status: number): boolean {
  return status !== 413;
}
