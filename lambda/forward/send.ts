import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import { forEachAtOnce } from '../pool.ts';
import { recordExchanges } from './exchanges.ts';
import type { ReturnCause, Verdict } from './fate.ts';
import { createIsolation } from './isolate.ts';
import type { MetronomeClient, PostResult } from './metronome.ts';
import { packRequests, requestBody } from './pack.ts';
import type { Packable } from './pack.ts';
import type { Pacer } from './pacer.ts';
import { proveRefusals, takenIn } from './prove-refusals.ts';
import { verdictOfStatus } from './status.ts';

/** The token as the sender uses it. */
export interface TokenSource {
  /** Undefined while no token was ever set. */
  read(): Promise<string | undefined>;
  /** Asks the store again, past the cache. */
  reread(): Promise<string | undefined>;
}

export interface SendDeps {
  readonly client: MetronomeClient;
  readonly token: TokenSource;
  readonly pacer: Pacer;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface Sent<T> {
  /** One verdict for every event given. A refusal among them is proven to be the event's own fault. */
  readonly verdicts: ReadonlyMap<T, Verdict>;
  /** One of the events that Metronome took; none if it took none. */
  readonly taken: T | undefined;
}

/** Requests under way at once in one invocation. */
const CONCURRENT_REQUESTS = 8;
/** Limit for one exchange with Metronome, in milliseconds; the deadline may cut it shorter. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Tries of one request inside an invocation; after that the queue's own back-off takes over. */
const MAX_TRIES = 3;
/** After so many refusals without any success, an event taken earlier is sent to see whether it is the service. */
const REFUSALS_UNTIL_DOUBT = 20;
/** Longest pause before the second try, in milliseconds; doubled before the third. */
const RETRY_PAUSE_MS = 500;

/**
 * Sends usage events and gives each a verdict. Requests that Metronome refuses are split until the guilty event stands
 * alone; after an answer that speaks of the whole service nothing more is sent.
 * @param deadline epoch milliseconds: no request is under way beyond it
 * @param remembered an event that Metronome took earlier; sending it again is ignored there, and shows that it takes events
 */
export async function sendUsage<T extends Packable>(events: readonly T[], deadline: number, deps: SendDeps, remembered?: T): Promise<Sent<T>> {
  const verdicts = new Map<T, Verdict>();
  let stopped: ReturnCause | undefined;
  let examination: Promise<void> | undefined;

  const exchanges = recordExchanges<T>(async (batch) => {
    if (stopped !== undefined) return { kind: 'returned', cause: stopped };
    const outcome = await postSafely(batch);
    // A request that can't go before the deadline says nothing of those that wait for their turn before it.
    if (outcome.kind === 'returned' && outcome.cause !== 'deadline') stopped ??= outcome.cause;
    return outcome;
  });

  /** A token that can't be read, or a bug, stops the sending and keeps every verdict given so far. */
  async function postSafely(batch: readonly T[]): Promise<Verdict> {
    try {
      return await postWithRetries(batch, deadline, deps, () => stopped);
    } catch (error) {
      deps.telemetry.error('sending_failed', { error: errorName(error) });
      return { kind: 'returned', cause: 'configuration' };
    }
  }

  async function post(batch: readonly T[]): Promise<Verdict> {
    const outcome = await exchanges.post(batch);
    const isDoubtful = exchanges.taken.length === 0 && exchanges.refused.length >= REFUSALS_UNTIL_DOUBT;
    if (isDoubtful && remembered !== undefined) await (examination ??= examine(remembered));
    return outcome;
  }

  /** A service that refuses what it took before refuses everything: it is not asked for each event. */
  async function examine(probe: T): Promise<void> {
    if ((await exchanges.post([probe])).kind === 'refused') stopped ??= 'unproven_refusal';
  }

  const isolation = createIsolation<T>(post, (event, verdict) => verdicts.set(event, verdict), () => deps.random() < 0.5);
  await forEachAtOnce(packRequests(events), CONCURRENT_REQUESTS, (request) => isolation.send(request));
  await proveRefusals(verdicts, exchanges, remembered);
  if (exchanges.taken.length === 0) waitAsUnproven(verdicts);
  return { verdicts, taken: takenIn(verdicts) };
}

/** Where nothing was taken, running out of splits is one more sign of a service that refuses everything, and waits like it. */
function waitAsUnproven<T>(verdicts: Map<T, Verdict>): void {
  for (const [event, verdict] of verdicts) {
    if (verdict.kind === 'returned' && verdict.cause === 'split_limit') verdicts.set(event, { ...verdict, cause: 'unproven_refusal' });
  }
}

/** @param stoppedBy the cause for which another request has stopped the sending meanwhile */
async function postWithRetries(batch: readonly Packable[], deadline: number, deps: SendDeps, stoppedBy: () => ReturnCause | undefined): Promise<Verdict> {
  const body = requestBody(batch);
  let token = await deps.token.read();
  let tokenWasReread = false;
  for (let attempt = 1; ; attempt += 1) {
    if (token === undefined) return { kind: 'returned', cause: 'token_not_set' };
    const waitMs = deps.pacer.book(batch.length, deps.now(), deadline);
    if (waitMs === undefined) return { kind: 'returned', cause: 'deadline' };
    if (waitMs > 0) await deps.sleep(waitMs);
    const stopped = stoppedBy();
    if (stopped !== undefined) return { kind: 'returned', cause: stopped };
    const timeLeftMs = deadline - deps.now();
    if (timeLeftMs <= 0) return { kind: 'returned', cause: 'deadline' };
    deps.telemetry.count('MetronomeRequests');
    const result = await deps.client.ingest(body, token, Math.min(REQUEST_TIMEOUT_MS, timeLeftMs));
    const outcome = outcomeOf(result, deps.telemetry);
    if (outcome.kind === 'settled') return outcome.outcome;
    if (outcome.kind === 'token') {
      if (tokenWasReread) return { kind: 'returned', cause: 'token_refused', status: outcome.status };
      tokenWasReread = true;
      token = await deps.token.reread();
      continue;
    }
    const pauseMs = pauseBeforeRetry(attempt, outcome.retryAfterMs, deps.random);
    if (attempt >= MAX_TRIES || deps.now() + pauseMs >= deadline) return outcome.otherwise;
    await deps.sleep(pauseMs);
  }
}

type AttemptOutcome =
  | { readonly kind: 'settled'; readonly outcome: Verdict }
  /** Without a status if the token can't even be sent. */
  | { readonly kind: 'token'; readonly status?: number }
  | { readonly kind: 'retry'; readonly retryAfterMs: number | undefined; readonly otherwise: Verdict };

function outcomeOf(result: PostResult, telemetry: Telemetry): AttemptOutcome {
  if (result.kind === 'no_answer') {
    telemetry.warn('metronome_no_answer', { code: result.code });
    return { kind: 'retry', retryAfterMs: undefined, otherwise: { kind: 'returned', cause: 'metronome_unavailable' } };
  }
  if (result.kind === 'unusable_token') {
    telemetry.count('TokenRefused');
    telemetry.error('metronome_token_unusable', { advice: 'The secret holds spaces, line breaks or other text beside the token. Store the token alone.' });
    return { kind: 'token' };
  }
  const { status } = result;
  const verdict = verdictOfStatus(status);
  if (verdict.kind === 'delivered') {
    reportSuccess(result.hasBody, status, telemetry);
    return { kind: 'settled', outcome: { kind: 'delivered', status } };
  }
  telemetry.warn('metronome_answer', { status });
  switch (verdict.kind) {
    case 'refused':
      return { kind: 'settled', outcome: { kind: 'refused', status, detail: result.message } };
    case 'token':
      telemetry.count('TokenRefused');
      return { kind: 'token', status };
    case 'stop':
      return { kind: 'settled', outcome: { kind: 'returned', cause: verdict.cause, status } };
    case 'retry':
      return { kind: 'retry', retryAfterMs: result.retryAfterMs, otherwise: { kind: 'returned', cause: verdict.cause, status } };
  }
}

/** Metronome documents no body for 200, but one of its pages hints at errors per event there: make it seen. */
function reportSuccess(hasBody: boolean, status: number, telemetry: Telemetry): void {
  if (!hasBody) return;
  telemetry.count('MetronomeAnswerWithBody');
  telemetry.warn('metronome_answer_with_body', { status });
}

/** Full jitter, or what Metronome asks for if that is longer. Milliseconds. */
function pauseBeforeRetry(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  return Math.max(retryAfterMs ?? 0, random() * RETRY_PAUSE_MS * 2 ** (attempt - 1));
}
