import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import { forEachAtOnce } from '../pool.ts';
import type { ReturnCause, Verdict } from './fate.ts';
import { createIsolation } from './isolate.ts';
import type { MetronomeClient, PostResult } from './metronome.ts';
import { packRequests, requestBody } from './pack.ts';
import type { Packable } from './pack.ts';
import type { Pacer } from './pacer.ts';
import { createRefusalProof } from './prove-refusals.ts';
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
  /** One verdict for every event given. */
  readonly verdicts: ReadonlyMap<T, Verdict>;
  /** True if Metronome took any event: only then can a refusal be the event's own fault. */
  readonly sawSuccess: boolean;
}

/** Requests under way at once in one invocation. */
const CONCURRENT_REQUESTS = 8;
/** Limit for one exchange with Metronome, in milliseconds; the deadline may cut it shorter. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Tries of one request inside an invocation; after that the queue's own back-off takes over. */
const MAX_TRIES = 3;
/** Longest pause before the second try, in milliseconds; doubled before the third. */
const RETRY_PAUSE_MS = 500;

/**
 * Sends usage events and gives each a verdict. Requests that Metronome refuses are split until the guilty event stands
 * alone; after an answer that speaks of the whole service nothing more is sent.
 * @param deadline epoch milliseconds: no request is under way beyond it
 */
export async function sendUsage<T extends Packable>(events: readonly T[], deadline: number, deps: SendDeps): Promise<Sent<T>> {
  const verdicts = new Map<T, Verdict>();
  let stopped: ReturnCause | undefined;
  let sawSuccess = false;

  async function post(batch: readonly T[]): Promise<Verdict> {
    if (stopped !== undefined) return { kind: 'returned', cause: stopped };
    const outcome = await postSafely(batch);
    proof.hear(outcome);
    if (outcome.kind === 'delivered') sawSuccess = true;
    // A request that can't go before the deadline says nothing of those that wait for their turn before it.
    if (outcome.kind === 'returned' && outcome.cause !== 'deadline') stopped ??= outcome.cause;
    return outcome;
  }

  /** A token that can't be read, or a bug, stops the sending and keeps every verdict given so far. */
  async function postSafely(batch: readonly T[]): Promise<Verdict> {
    try {
      return await postWithRetries(batch, deadline, deps, () => stopped);
    } catch (error) {
      deps.telemetry.error('sending_failed', { error: errorName(error) });
      return { kind: 'returned', cause: 'configuration' };
    }
  }

  const proof = createRefusalProof<T>(post, verdicts);
  const isolation = createIsolation<T>(post, (event, verdict) => proof.settle(event, verdict), () => deps.random() < 0.5);
  await forEachAtOnce(packRequests(events), CONCURRENT_REQUESTS, (request) => isolation.send(request));
  await proof.prove();
  return { verdicts, sawSuccess };
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
