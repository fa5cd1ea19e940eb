import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';

import { messageOfAsk } from './ask.ts';

/** Where a question to the server stands. */
export type Asked<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'failed'; readonly sentence: string };

/**
 * Asks whenever one of `causes` changes, and drops what an earlier question still answers.
 * @param question nothing to ask: the state is `idle`
 * @returns the state, and a function that asks again
 */
export function useAsked<T>(question: ((abort: AbortSignal) => Promise<T>) | undefined, causes: readonly unknown[]): readonly [ReadonlySignal<Asked<T>>, () => void] {
  const state = useSignal<Asked<T>>({ kind: 'idle' });
  const again = useSignal(0);
  useEffect(() => {
    if (question === undefined) {
      state.value = { kind: 'idle' };
      return undefined;
    }
    const abort = new AbortController();
    state.value = { kind: 'asking' };
    void answerTo(question, abort.signal).then((answered) => {
      if (!abort.signal.aborted) state.value = answered;
    });
    return () => abort.abort();
  }, [...causes, again.value]);
  return [state, useCallback(() => {
    again.value += 1;
  }, [])];
}

/** Never rejects. */
export async function answerTo<T>(question: (abort: AbortSignal) => Promise<T>, abort: AbortSignal): Promise<Asked<T>> {
  try {
    return { kind: 'answered', answer: await question(abort) };
  } catch (error) {
    return { kind: 'failed', sentence: messageOfAsk(error) };
  }
}
