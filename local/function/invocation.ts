/** How one invocation of a handler ended. */
export type Invocation =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'timed_out'; readonly timeoutSeconds: number };

/**
 * Runs a handler as Lambda would, for at most `timeoutSeconds`. Never rejects. A handler that runs on after its time keeps
 * running (there is no process of its own to end), but what it answers then is ignored.
 */
export async function invokeWithin(timeoutSeconds: number, run: () => Promise<unknown>): Promise<Invocation> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Invocation>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timed_out', timeoutSeconds }), timeoutSeconds * 1000);
  });
  const ended = await Promise.race([timeout, settle(run)]);
  clearTimeout(timer);
  return ended;
}

async function settle(run: () => Promise<unknown>): Promise<Invocation> {
  try {
    return { kind: 'returned', value: await run() };
  } catch (error) {
    return { kind: 'threw', error };
  }
}
