import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { ANSWERS_WITHIN_MS, ask } from '../../../cli/doctor/ask.ts';
import { OperatorError } from '../../../cli/operator/operator-error.ts';

const QUESTION = { what: 'The queue', permission: 'sqs:GetQueueAttributes' };

const failing = (error: unknown): Promise<never> => ask(QUESTION, async () => Promise.reject(error));
const named = (name: string, extra: object = {}): Error => Object.assign(new Error('said'), { name, ...extra });

describe('ask', () => {
  it('gives the answer', async () => {
    expect(await ask(QUESTION, async () => 42)).toBe(42);
  });

  it.each([
    ['by name', named('AccessDeniedException')],
    ['by status', named('403', { $metadata: { httpStatusCode: 403 } })],
    ['as the cause of another error', new OperatorError('The queue can not be read', { cause: named('AccessDenied') })],
  ])('names the missing permission when AWS refuses %s', async (_, error) => {
    await expect(failing(error)).rejects.toMatchObject({ name: 'Unanswered', message: "The queue can't be read: AWS refuses it to these credentials.", next: expect.stringContaining('sqs:GetQueueAttributes') });
  });

  it.each([
    ['no credentials', named('CredentialsProviderError'), /^The queue can't be read: no AWS credentials were found\.$/, /^Log in \(aws sso login\), or set AWS_PROFILE; for the bridge of npm start add --local\.$/],
    ['anything else', named('InternalError'), /^The queue can't be read \(said\)\.$/, /^Try again; AWS_REGION/],
    ['a sentence of its own', new OperatorError('No queue here.'), /^No queue here\.$/, /try again/],
  ])('says it in words: %s', async (_, error, says, next) => {
    await expect(failing(error)).rejects.toMatchObject({ name: 'Unanswered', message: expect.stringMatching(says), next: expect.stringMatching(next) });
  });
});

describe('ask, of something that never answers', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('stops after ten seconds, and tells the client to stop', async () => {
    const signals: AbortSignal[] = [];
    const asked = ask(QUESTION, async ({ abortSignal }) => {
      signals.push(abortSignal);
      return new Promise<never>(() => undefined);
    });
    const outcome = expect(asked).rejects.toMatchObject({ message: "The queue didn't answer within 10 seconds." });

    await jest.advanceTimersByTimeAsync(ANSWERS_WITHIN_MS);

    await outcome;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
