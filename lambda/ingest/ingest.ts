import { INGEST_MAX_BODY_BYTES } from '../limits.ts';
import { isTooLargeForMessage } from '../message.ts';
import { errorName } from '../error-text.ts';
import type { Telemetry } from '../telemetry.ts';
import { accepted, BATCH_NEEDS_TOKEN, bodyTooLarge, eventTooLarge, isAllowedMethod, METHOD_NOT_ALLOWED, mismatch, NO_CREDENTIAL, UNAVAILABLE, unsplittableTooLarge } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Enqueued } from './enqueue.ts';
import { presentsCredential, prove } from './proof.ts';
import type { Credentials, Proof, SenderSecrets } from './proof.ts';
import { isEmptyBatch, splitBody } from './split-body.ts';
import type { SplitBody } from './split-body.ts';

/** A webhook request as it came, decoded from base64. */
export interface WebhookRequest {
  readonly requestId: string;
  readonly method: string;
  readonly credentials: Credentials;
  readonly body: Buffer;
  /** When storing must have ended, epoch milliseconds. */
  readonly deadline: number;
}

export interface IngestDeps {
  readonly secrets: SenderSecrets;
  readonly store: (events: readonly Buffer[], deadline: number) => Promise<Enqueued>;
  readonly telemetry: Telemetry;
}

/**
 * The answer table, top to bottom: proves the sender, splits a batch, stores each event, and says 200 only when all are
 * stored. Nothing that shows a credential gets a final answer, but for a size no retry can cure.
 */
export async function ingest(request: WebhookRequest, deps: IngestDeps): Promise<Answer> {
  if (!isAllowedMethod(request.method)) return METHOD_NOT_ALLOWED;
  if (!presentsCredential(request.credentials)) return refuse(NO_CREDENTIAL, request, deps.telemetry);
  if (request.body.length > INGEST_MAX_BODY_BYTES) return refuse(bodyTooLarge(request.body.length), request, deps.telemetry);
  const split = splitBody(request.body);
  const events = eventsOf(request.body, split);
  const oversize = events.findIndex(isTooLargeForMessage);
  if (oversize !== -1) return refuse(isUnsplittable(split) ? unsplittableTooLarge() : eventTooLarge(oversize), request, deps.telemetry);
  const proof = await orFailure('SecretUnreadable', request, deps.telemetry, () => prove(request.body, split, request.credentials, deps.secrets));
  if (proof === undefined) return UNAVAILABLE;
  // Nothing arrived, so nothing is counted: whoever tries the credentials with it must neither end nor raise an alarm.
  if (proof.kind === 'proven' && isEmptyBatch(split)) return accepted(0);
  report(proof, request, deps.telemetry);
  if (proof.kind === 'mismatch') return mismatch(proof.wrong);
  if (proof.kind === 'batch_needs_token') return BATCH_NEEDS_TOKEN;
  return (await orFailure('StoreFailed', request, deps.telemetry, () => storeAll(events, request, deps))) ?? UNAVAILABLE;
}

/** What a step gives, or undefined after a fault of ours, which is counted under the step's name. */
async function orFailure<T>(metric: 'SecretUnreadable' | 'StoreFailed', { requestId }: WebhookRequest, telemetry: Telemetry, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    telemetry.count(metric);
    telemetry.error('ingest_failed', { requestId, step: metric, error: errorName(error) });
    return undefined;
  }
}

/** Segment drops what is refused for good, so it must not go unheard. */
function refuse(answer: Answer, { requestId, body }: WebhookRequest, telemetry: Telemetry): Answer {
  telemetry.count(answer.status === NO_CREDENTIAL.status ? 'NoCredential' : 'TooLarge');
  telemetry.warn('webhook_refused_for_good', { requestId, status: answer.status, bytes: body.length });
  return answer;
}

function isUnsplittable(split: SplitBody): boolean {
  return split.kind === 'array' && split.events === undefined;
}

/** What can't be split is stored whole, for forward to quarantine: nothing proven is refused for its form. */
function eventsOf(body: Buffer, split: SplitBody): readonly Buffer[] {
  return split.kind === 'array' && split.events !== undefined ? split.events : [body];
}

async function storeAll(events: readonly Buffer[], request: WebhookRequest, { store, telemetry }: IngestDeps): Promise<Answer> {
  const { stored, failed } = await store(events, request.deadline);
  if (stored.length > 0) telemetry.count('Accepted', stored.length);
  if (failed === 0) return accepted(stored.length);
  telemetry.count('StoreFailed', failed);
  telemetry.error('events_not_stored', { requestId: request.requestId, failed, stored: stored.length });
  return UNAVAILABLE;
}

function report(proof: Proof, { requestId }: WebhookRequest, telemetry: Telemetry): void {
  switch (proof.kind) {
    case 'mismatch':
      telemetry.count('CredentialMismatch');
      telemetry.warn('credential_mismatch', { requestId, wrong: proof.wrong });
      return;
    case 'batch_needs_token':
      telemetry.count('BatchWithoutToken');
      telemetry.warn('batch_needs_token', { requestId });
      return;
    case 'proven':
      for (const secret of proof.usedPrevious) telemetry.count('PreviousSecretUsed', 1, { secret });
      if (proof.tokenIgnored) telemetry.warn('wrong_token_beside_valid_signature', { requestId });
      return;
  }
}
