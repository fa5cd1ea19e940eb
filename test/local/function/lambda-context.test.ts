import { describe, expect, it } from '@jest/globals';
import { lambdaContext } from '../../../local/function/lambda-context.ts';

describe('lambdaContext', () => {
  it('counts the remaining time down to nothing', () => {
    let now = 1_000;
    const context = lambdaContext({ functionName: 'forward', timeoutSeconds: 60, now: () => now });

    expect(context.getRemainingTimeInMillis()).toBe(60_000);
    now += 59_999;
    expect(context.getRemainingTimeInMillis()).toBe(1);
    now += 5_000;
    expect(context.getRemainingTimeInMillis()).toBe(0);
  });

  it('names the function and each invocation', () => {
    const [first, second] = [1, 2].map(() => lambdaContext({ functionName: 'forward', timeoutSeconds: 1 }));

    expect(first).toMatchObject({ functionName: 'forward', invokedFunctionArn: expect.stringMatching(/:function:forward$/) });
    expect(first?.awsRequestId).not.toBe(second?.awsRequestId);
  });

  it.each(['done', 'fail', 'succeed'] as const)('refuses %s, which Lambda no longer has', (callback) => {
    const context = lambdaContext({ functionName: 'forward', timeoutSeconds: 1 });

    expect(() => context[callback]('result')).toThrow('return a promise');
  });
});
