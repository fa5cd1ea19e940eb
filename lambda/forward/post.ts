import type { Telemetry } from '../telemetry.ts';
import type { ReturnCause, Verdict } from './fate.ts';
import type { MetronomeClient, PostResult } from './metronome.ts';
import { requestBody } from './pack.ts';
import type { Packable } from './pack.ts';
import type { Pacer } from './pacer.ts';
import { reportAnswer } from './report-answer.ts';
import { verdictOfStatus } from './status.ts';

/** The token as the sender uses it. */
export interface TokenSource {
  /** Undefined while no token was ever set. */
  read(): Promise<string | undefined>;
  /** Asks the store again, past the cache. */
  reread(): Promise<string | undefined>;
}

export interface PostDeps {
  readonly client: MetronomeClient;
  readonly token: TokenSource;
  readonly pacer: Pacer;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface PostOptions {
  /** Epoch milliseconds: the request is not under way beyond it. */
  readonly deadline: number;
  /** The cause for which another request has stopped the sending meanwhile. */
  readonly stoppedBy: () => ReturnCause | undefined;
  /** Only with this token, or not at all. */
  readonly onlyWith?: string | undefined;
}

/** What became of one request, and the token it was last sent with. */
export interface Posted {
  readonly verdict: Verdict;
  readonly token?: string;
}

/** Limit for one exchange with Metronome, in milliseconds; the deadline may cut it shorter. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Tries of one request inside an invocation; after that the queue's own back-off takes over. */
const MAX_TRIES = 3;
/** Longest pause before the second try, in milliseconds; doubled before the third. */
const RETRY_PAUSE_MS = 500;

/** Sends one request, again after what may pass by itself, and once more with a token that was read anew. */
export async function postRequest(batch: readonly Packable[], { deadline, stoppedBy, onlyWith }: PostOptions, deps: PostDeps): Promise<Posted> {
  const body = requestBody(batch);
  let token = onlyWith ?? (await deps.token.read());
  let mayReread = onlyWith === undefined;
  for (let attempt = 1; ; attempt += 1) {
    if (token === undefined) return back('token_not_set');
    const waitMs = deps.pacer.book(batch.length, deps.now(), deadline);
    if (waitMs === undefined) return back('deadline');
    if (waitMs > 0) await deps.sleep(waitMs);
    const stopped = stoppedBy();
    if (stopped !== undefined) return back(stopped);
    const timeLeftMs = deadline - deps.now();
    if (timeLeftMs <= 0) return back('deadline');
    const result = await deps.client.ingest(body, token, Math.min(REQUEST_TIMEOUT_MS, timeLeftMs));
    reportAnswer(batch.length, result, deps.telemetry);
    const outcome = outcomeOf(result, deps.telemetry);
    if (outcome.kind === 'settled') return { verdict: outcome.outcome, token };
    if (outcome.kind === 'token') {
      if (!mayReread) return back('token_refused', outcome.status);
      mayReread = false;
      token = await deps.token.reread();
      continue;
    }
    const pauseMs = pauseBeforeRetry(attempt, outcome.retryAfterMs, deps.random);
    if (attempt >= MAX_TRIES || deps.now() + pauseMs >= deadline) return { verdict: outcome.otherwise };
    await deps.sleep(pauseMs);
  }
}

function back(cause: ReturnCause, status?: number): Posted {
  return { verdict: { kind: 'returned', cause, ...(status !== undefined && { status }) } };
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
