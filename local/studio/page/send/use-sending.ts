import { useSignal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { SendRequest, SendView } from '../../api.ts';
import { ask, messageOfAsk } from '../api/ask.ts';
import { answers, sendText } from './send-state.ts';

const MOST_ANSWERS = 20;
/** The gateway answers by itself after the function's ten seconds; what takes longer isn't coming. */
const LONGEST_MS = 20_000;
const NO_ANSWER = "The bridge hasn't answered for 20 s. Is npm start still running? Live shows whether the event was accepted.";

/** Sends, and keeps the last answers. */
export function useSending() {
  const isSending = useSignal(false);
  const problem = useSignal('');
  const send = async (kind: SendRequest['kind']): Promise<void> => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), LONGEST_MS);
    isSending.value = true;
    problem.value = '';
    try {
      const answer = await ask<SendView>(PATHS.send, { body: { kind, event: sendText.peek() } satisfies SendRequest, signal: abort.signal });
      answers.value = [{ at: Date.now(), kind, answer }, ...answers.peek()].slice(0, MOST_ANSWERS);
    } catch (error) {
      problem.value = abort.signal.aborted ? NO_ANSWER : messageOfAsk(error);
    }
    clearTimeout(timer);
    isSending.value = false;
  };
  return { isSending, problem, send };
}
