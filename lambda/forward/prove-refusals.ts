import type { Exchange, Exchanges } from './exchanges.ts';
import type { Verdict } from './fate.ts';

/** Most refusals that are tried once more in one invocation. */
const MAX_CONFIRMATIONS = 20;

/**
 * A refusal is the event's own fault only if Metronome refused it, took something, and refused it again: a service that
 * refuses everything for a while, however short, must quarantine nothing. Isolating an event mostly shows that by itself.
 * Where it doesn't, an event that was taken is sent again, which Metronome ignores, and then the refused one.
 *
 * Afterwards every refusal that stands in `verdicts` is proven; what can't be proven is returned.
 * @param takesAgain sends what was taken once more; false if it isn't taken now, or if there is none
 */
export async function proveRefusals<T>(verdicts: Map<T, Verdict>, exchanges: Exchanges<T>, takesAgain: () => Promise<boolean>): Promise<void> {
  const unproven = (): T[] => refusedIn(verdicts).filter((event) => !isProven(event, verdicts, exchanges));
  const doubtful = unproven().toSorted((a, b) => Number(isAmongSuccesses(a, exchanges)) - Number(isAmongSuccesses(b, exchanges)));
  const held = await confirm(doubtful.slice(0, MAX_CONFIRMATIONS), verdicts, exchanges, takesAgain);
  for (const event of unproven()) {
    // Too many to try each: where every one that was tried was refused again, no refusal came from the service.
    if (!(held && isAmongSuccesses(event, exchanges))) giveBack(event, verdicts);
  }
}

/** Tries refused events again. True if Metronome goes on taking events, and took none of these. */
async function confirm<T>(doubtful: readonly T[], verdicts: Map<T, Verdict>, exchanges: Exchanges<T>, takesAgain: () => Promise<boolean>): Promise<boolean> {
  let held = true;
  for (const event of doubtful) {
    if (!wasFollowedBySuccess(event, exchanges) && !(await takesAgain())) return false;
    const again = await exchanges.post([event]);
    verdicts.set(event, again);
    held &&= again.kind === 'refused';
  }
  return held;
}

function wasFollowedBySuccess<T>(event: T, exchanges: Exchanges<T>): boolean {
  const last = lastRefusalOf(event, exchanges);
  return last !== undefined && exchanges.taken.some((success) => isBefore(last, success));
}

function refusedIn<T>(verdicts: ReadonlyMap<T, Verdict>): T[] {
  return [...verdicts].flatMap(([event, verdict]) => (verdict.kind === 'refused' ? [event] : []));
}

function isProven<T>(event: T, verdicts: ReadonlyMap<T, Verdict>, exchanges: Exchanges<T>): boolean {
  const last = lastRefusalOf(event, exchanges);
  if (last === undefined) return false;
  return exchanges.refused.some(
    (first) =>
      first.events.includes(event) &&
      speaksOf(event, first, verdicts) &&
      exchanges.taken.some((success) => isBefore(first, success) && isBefore(success, last)),
  );
}

/** True if nothing but the event can be the reason, or the service: neither the request's size nor another event of it. */
function speaksOf<T>(event: T, { events, verdict }: Exchange<T>, verdicts: ReadonlyMap<T, Verdict>): boolean {
  if (events.length === 1) return true;
  if (verdict.kind !== 'refused' || verdict.status === 413) return false;
  return events.every((other) => other === event || verdicts.get(other)?.kind === 'delivered');
}

function isAmongSuccesses<T>(event: T, exchanges: Exchanges<T>): boolean {
  const last = lastRefusalOf(event, exchanges);
  if (last === undefined) return false;
  return exchanges.taken.some((success) => isBefore(success, last)) && exchanges.taken.some((success) => isBefore(last, success));
}

function lastRefusalOf<T>(event: T, { refused }: Exchanges<T>): Exchange<T> | undefined {
  return refused.findLast(({ events }) => events.length === 1 && events[0] === event);
}

function isBefore(one: Exchange<unknown>, other: Exchange<unknown>): boolean {
  return one.end < other.start;
}

function giveBack<T>(event: T, verdicts: Map<T, Verdict>): void {
  const verdict = verdicts.get(event);
  if (verdict?.kind === 'refused') verdicts.set(event, { kind: 'returned', cause: 'unproven_refusal', status: verdict.status });
}
