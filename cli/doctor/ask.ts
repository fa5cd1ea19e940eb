import { ownMember } from '../../lambda/json-value.ts';
import { UsageError } from '../io.ts';
import { AwsError, capitalised } from '../operator/aws-error.ts';
import { asOperatorError } from '../operator/aws-problem.ts';
import { AtFault } from './at-fault.ts';
import { Unanswered } from './unanswered.ts';

/** The longest wait for one answer, in milliseconds. */
export const ANSWERS_WITHIN_MS = 10_000;

const DENIED = /^(?:AccessDenied|Unauthorized|AuthorizationError|NotAuthorized)/;
const FORBIDDEN = 403;

export interface Question {
  /** What is asked for, as a sentence's beginning: `The stack X`. */
  readonly what: string;
  /** What AWS has to allow, like `lambda:GetFunctionConfiguration`. */
  readonly permission: string;
}

/**
 * Asks AWS something, for ten seconds at most.
 * @throws Unanswered for whatever AWS or the network does
 * @throws AtFault and UsageError as the work does
 */
export async function ask<T>({ what, permission }: Question, work: (options: { readonly abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  const timeout = setTimeout(() => {
    reject(new Unanswered(`${what} didn't answer within ${ANSWERS_WITHIN_MS / 1_000} seconds.`, 'Try again; is this machine on the network?'));
    controller.abort();
  }, ANSWERS_WITHIN_MS);
  try {
    return await Promise.race([work({ abortSignal: controller.signal }), late]);
  } catch (error) {
    throw asUnanswered(error, what, permission);
  } finally {
    clearTimeout(timeout);
  }
}

function asUnanswered(error: unknown, what: string, permission: string): Error {
  if (error instanceof Unanswered || error instanceof AtFault || error instanceof UsageError) return error;
  if (isDenied(error)) return new Unanswered(`${what} can't be read: AWS refuses it to these credentials.`, `They lack the permission ${permission}; or use others, with AWS_PROFILE.`, { cause: error });
  const failure = asOperatorError(error, what);
  if (failure instanceof AwsError) return new Unanswered(`${failure.problem}.`, `${capitalised(failure.next)}.`, { cause: error });
  return new Unanswered(failure.message, 'Then try again.', { cause: error });
}

/** An OperatorError has what AWS said as its cause. */
function isDenied(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = ownMember(ownMember(error, '$metadata'), 'httpStatusCode');
  return DENIED.test(error.name) || status === FORBIDDEN || isDenied(error.cause);
}
