import { errorName } from '../error-text.ts';
import { forEachAtOnce } from '../pool.ts';
import { recordExchanges } from './exchanges.ts';
import type { ReturnCause, Verdict } from './fate.ts';
import { createIsolation } from './isolate.ts';
import { packRequests } from './pack.ts';
import type { Packable } from './pack.ts';
import { postRequest } from './post.ts';
import type { Posted, PostDeps } from './post.ts';
import { proveRefusals } from './prove-refusals.ts';

export type SendDeps = PostDeps;

/** An event that Metronome took, and with which token: that of another account would bill it again. */
export interface Taken<T> {
  readonly event: T;
  readonly token: string;
}

export interface Sent<T> {
  /** One verdict for every event given. A refusal among them is proven to be the event's own fault. */
  readonly verdicts: ReadonlyMap<T, Verdict>;
  /** One of the events that Metronome took; none if it took none. */
  readonly taken: Taken<T> | undefined;
}

/** Requests under way at once in one invocation. */
const CONCURRENT_REQUESTS = 8;
/** After so many refusals without any success, an event taken earlier is sent to see whether it is the service. */
const REFUSALS_UNTIL_DOUBT = 20;

/**
 * Sends usage events and gives each a verdict. Requests that Metronome refuses are split until the guilty event stands
 * alone; after an answer that speaks of the whole service nothing more is sent.
 * @param deadline epoch milliseconds: no request is under way beyond it
 * @param remembered what Metronome took earlier; sending it again is ignored there, and shows that it takes events
 */
export async function sendUsage<T extends Packable>(events: readonly T[], deadline: number, deps: SendDeps, remembered?: Taken<T>): Promise<Sent<T>> {
  const verdicts = new Map<T, Verdict>();
  let stopped: ReturnCause | undefined;
  let taken: Taken<T> | undefined;
  let examination: Promise<void> | undefined;

  const exchanges = recordExchanges<T>(async (batch, onlyWith) => {
    if (stopped !== undefined) return { kind: 'returned', cause: stopped };
    const { verdict, token } = await postSafely(batch, onlyWith);
    const [event] = batch;
    if (verdict.kind === 'delivered' && onlyWith === undefined && event !== undefined && token !== undefined && token !== taken?.token) taken = { event, token };
    // A request that can't go before the deadline says nothing of those that wait for their turn before it.
    if (verdict.kind === 'returned' && verdict.cause !== 'deadline') stopped ??= verdict.cause;
    return verdict;
  });

  /** A token that can't be read, or a bug, stops the sending and keeps every verdict given so far. */
  async function postSafely(batch: readonly T[], onlyWith: string | undefined): Promise<Posted> {
    try {
      return await postRequest(batch, { deadline, stoppedBy: () => stopped, onlyWith }, deps);
    } catch (error) {
      deps.telemetry.error('sending_failed', { error: errorName(error) });
      return { verdict: { kind: 'returned', cause: 'configuration' } };
    }
  }

  /** Asks with an event that is ignored if all is well; undefined without one. Another token may be of another account, which would bill it. */
  async function ask(): Promise<Verdict | undefined> {
    const known = taken ?? remembered;
    if (known === undefined || (await deps.token.read()) !== known.token) return undefined;
    return exchanges.post([known.event], known.token);
  }

  /** A service that refuses what it took before refuses everything: it is not asked for each event. */
  async function examine(): Promise<void> {
    if ((await ask())?.kind === 'refused') stopped ??= 'unproven_refusal';
  }

  async function post(batch: readonly T[]): Promise<Verdict> {
    const outcome = await exchanges.post(batch);
    if (exchanges.taken.length === 0 && exchanges.refused.length >= REFUSALS_UNTIL_DOUBT) await (examination ??= examine());
    return outcome;
  }

  const isolation = createIsolation<T>(post, (event, verdict) => verdicts.set(event, verdict), () => deps.random() < 0.5);
  await forEachAtOnce(packRequests(events), CONCURRENT_REQUESTS, (request) => isolation.send(request));
  await proveRefusals(verdicts, exchanges, async () => (await ask())?.kind === 'delivered');
  if (exchanges.taken.length === 0) waitAsUnproven(verdicts);
  return { verdicts, taken };
}

/** Where nothing was taken, running out of splits is one more sign of a service that refuses everything, and waits like it. */
function waitAsUnproven<T>(verdicts: Map<T, Verdict>): void {
  for (const [event, verdict] of verdicts) {
    if (verdict.kind === 'returned' && verdict.cause === 'split_limit') verdicts.set(event, { ...verdict, cause: 'unproven_refusal' });
  }
}
