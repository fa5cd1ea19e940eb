import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

export interface LambdaContextOptions {
  readonly functionName: string;
  readonly timeoutSeconds: number;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** The context Lambda hands to one invocation that begins now. */
export function lambdaContext({ functionName, timeoutSeconds, now = Date.now }: LambdaContextOptions): Context {
  const deadline = now() + timeoutSeconds * 1000;
  const awsRequestId = randomUUID();
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `local/[$LATEST]${awsRequestId}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
    done: refuseCallback,
    fail: refuseCallback,
    succeed: refuseCallback,
  };
}

/** Lambda's Node 24 runtime knows no callbacks; a handler that relies on one would never finish there. */
function refuseCallback(): never {
  throw new TypeError('Node 24 on Lambda has no callbacks: return a promise from the handler.');
}
