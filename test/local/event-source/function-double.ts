import type { Context, SQSEvent } from 'aws-lambda';

export interface Call {
  readonly event: SQSEvent;
  readonly context: Context;
  readonly atMillis: number;
}

export interface FunctionDouble {
  readonly invoke: (event: SQSEvent, context: Context) => Promise<unknown>;
  readonly calls: readonly Call[];
  /** Settles when there have been this many invocations. */
  called(times: number): Promise<void>;
}

/** A function that notes how it is invoked, and answers what the test says. */
export function functionDouble(answer: (event: SQSEvent, context: Context) => unknown = () => undefined): FunctionDouble {
  const calls: Call[] = [];
  let waiting: { readonly times: number; readonly resolve: () => void }[] = [];
  return {
    calls,
    invoke: async (event, context) => {
      calls.push({ event, context, atMillis: performance.now() });
      for (const waiter of waiting) if (calls.length >= waiter.times) waiter.resolve();
      waiting = waiting.filter(({ times }) => calls.length < times);
      return answer(event, context);
    },
    called: (times) =>
      new Promise((resolve) => {
        if (calls.length >= times) resolve();
        else waiting.push({ times, resolve });
      }),
  };
}
