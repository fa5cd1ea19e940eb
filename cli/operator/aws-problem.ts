import { messageOf } from '../../lambda/error-text.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { AwsError } from './aws-error.ts';
import { OperatorError } from './operator-error.ts';

const LOG_IN = 'log in (aws sso login), or set AWS_PROFILE';
/** Who has nothing of AWS at hand most likely only tries the bridge. */
const OR_LOCAL = '; for the bridge of npm start add --local';
const AGAIN = 'try again; AWS_REGION and AWS_PROFILE say where';
const NO_CREDENTIALS: ReadonlySet<string> = new Set(['CredentialsProviderError', 'TokenProviderError']);
const BAD_CREDENTIALS: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken']);
const REFUSED: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/** What the SDK says where the answer held no word of AWS's, or wasn't in its form. */
const WORDLESS = /^Unknown(?:Error)?$|Deserialization error/;

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
  const words = wordsOf(error, name);
  if (NO_CREDENTIALS.has(name)) return new AwsError(`${failure}: no AWS credentials were found`, LOG_IN + OR_LOCAL, cause);
  if (BAD_CREDENTIALS.has(name)) return new AwsError(`${failure}: AWS doesn't take the credentials (${name})`, LOG_IN, cause);
  if (words.startsWith('Region is missing')) return new AwsError(`${failure}: no AWS region is set`, `set AWS_REGION${OR_LOCAL}`, cause);
  if (REFUSED.has(name) || statusOf(error) === 403) return new AwsError(`${failure}: AWS refuses it to these credentials (${WORDLESS.test(messageOf(error)) ? name : words})`, 'use a profile that may, with AWS_PROFILE', cause);
  return new AwsError(`${failure} (${words})`, AGAIN, { separator: '. ', ...cause });
}

/** What an AWS client's error says, or what is known of it if it says nothing. */
export function wordsOf(error: unknown, name = ''): string {
  const message = messageOf(error);
  if (WORDLESS.test(message)) return `the address answers ${String(statusOf(error) ?? 'something')}, and not as AWS does`;
  const code = ownMember(error, 'code');
  return message || (typeof code === 'string' ? code : name);
}

function statusOf(error: unknown): unknown {
  return ownMember(ownMember(error, '$metadata'), 'httpStatusCode') ?? ownMember(ownMember(error, '$response'), 'statusCode');
}

/** CloudFormation has no class of its own for it. */
export function isMissingStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');
}
