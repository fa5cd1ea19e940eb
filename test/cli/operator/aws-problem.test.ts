import { describe, expect, it } from '@jest/globals';

import { asOperatorError, isMissingStack } from '../../../cli/operator/aws-problem.ts';
import { OperatorError } from '../../../cli/operator/operator-error.ts';

const named = (name: string, message: string, status?: number): Error => Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

describe('asOperatorError', () => {
  it.each([
    ['no credentials', named('CredentialsProviderError', 'Could not load'), "The bucket b can't be read: no AWS credentials were found; log in (aws sso login), or set AWS_PROFILE; for the bridge of npm start add --local."],
    ['old credentials', named('ExpiredTokenException', 'expired', 403), "The bucket b can't be read: AWS doesn't take the credentials (ExpiredTokenException); log in (aws sso login), or set AWS_PROFILE."],
    ['no region', new Error('Region is missing'), "The bucket b can't be read: no AWS region is set; set AWS_REGION; for the bridge of npm start add --local."],
    ['no permission', named('AccessDenied', 'Access Denied', 403), "The bucket b can't be read: AWS refuses it to these credentials (Access Denied); use a profile that may, with AWS_PROFILE."],
    ['a refusal of another name', named('Unknown', 'Forbidden', 403), "The bucket b can't be read: AWS refuses it to these credentials (Forbidden); use a profile that may, with AWS_PROFILE."],
    ['anything else', new Error('connect ECONNREFUSED'), "The bucket b can't be read (connect ECONNREFUSED). Try again; AWS_REGION and AWS_PROFILE say where."],
    ['an answer of something else than AWS', named('NotFound', 'Unknown', 404), "The bucket b can't be read (the address answers 404, and not as AWS does). Try again; AWS_REGION and AWS_PROFILE say where."],
    ['an answer in another form', Object.assign(new SyntaxError('parse error: x. Deserialization error: inspect the hidden field'), { $response: { statusCode: 200 } }), "The bucket b can't be read (the address answers 200, and not as AWS does). Try again; AWS_REGION and AWS_PROFILE say where."],
    ['a refusal without words', named('403', 'UnknownError', 403), "The bucket b can't be read: AWS refuses it to these credentials (403); use a profile that may, with AWS_PROFILE."],
    ['several addresses that refuse', Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), "The bucket b can't be read (ECONNREFUSED). Try again; AWS_REGION and AWS_PROFILE say where."],
    ['an error without words', named('TimeoutError', ''), "The bucket b can't be read (TimeoutError). Try again; AWS_REGION and AWS_PROFILE say where."],
  ])('says of %s what it is and what to do', (_, error, message) => {
    expect(asOperatorError(error, 'The bucket b').message).toBe(message);
  });

  it('has the problem and the next step apart, too', () => {
    expect(asOperatorError(new Error('Region is missing'), 'The bucket b')).toMatchObject({ problem: "The bucket b can't be read: no AWS region is set", next: 'set AWS_REGION; for the bridge of npm start add --local' });
  });

  it('says what could not be done', () => {
    expect(asOperatorError(new Error('timeout'), 'The queue q', 'written to').message).toBe("The queue q can't be written to (timeout). Try again; AWS_REGION and AWS_PROFILE say where.");
  });

  it('leaves a sentence that is one already', () => {
    const sentence = new OperatorError('No local bridge runs.');

    expect(asOperatorError(sentence, 'The bucket b')).toBe(sentence);
  });
});

describe('isMissingStack', () => {
  it.each([
    [named('ValidationError', 'Stack with id x does not exist', 400), true],
    [named('ValidationError', '1 validation error detected', 400), false],
    [named('AccessDenied', 'x does not exist', 403), false],
  ])('of %s is %s', (error, isMissing) => {
    expect(isMissingStack(error)).toBe(isMissing);
  });
});
