import { messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { OperatorError } from './operator-error.ts';

const LOG_IN = 'log in (aws sso login), or set AWS_PROFILE';
const NO_CREDENTIALS: ReadonlySet<string> = new Set(['CredentialsProviderError', 'TokenProviderError']);
const BAD_CREDENTIALS: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken']);
const REFUSED: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/**
 * What an AWS client threw, as one sentence and the next step.
 * @param what what was asked for, as the sentence's beginning: `The stack X`, `The bucket Y`
 * @param done what can't be done with it
 */
export function asOperatorError(error: unknown, what: string, done: 'read' | 'written to' | 'moved' = 'read'): OperatorError {
  if (error instanceof OperatorError) return error;
  const name = error instanceof Error ? error.name : '';
  const cause = { cause: error };
  const failure = `${what} can't be ${done}`;
  if (NO_CREDENTIALS.has(name)) return new OperatorError(`${failure}: no AWS credentials were found; ${LOG_IN}.`, cause);
  if (BAD_CREDENTIALS.has(name)) return new OperatorError(`${failure}: AWS doesn't take the credentials (${name}); ${LOG_IN}.`, cause);
  if (messageOf(error).startsWith('Region is missing')) return new OperatorError(`${failure}: no AWS region is set; set AWS_REGION.`, cause);
  const status = ownMember(ownMember(error, '$metadata'), 'httpStatusCode');
  if (REFUSED.has(name) || status === 403) {
    return new OperatorError(`${failure}: AWS refuses it to these credentials (${messageOf(error)}); use a profile that may, with AWS_PROFILE.`, cause);
  }
  return new OperatorError(`${failure} (${messageOf(error) || name}). Try again; AWS_REGION and AWS_PROFILE say where.`, cause);
}

/** CloudFormation has no class of its own for it. */
export function isMissingStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');
}
