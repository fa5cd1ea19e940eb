import { useSignal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { SendRequest, SendView } from '../../api.ts';
import { ask, messageOfAsk } from '../api/ask.ts';
import type { Sent } from './answer-list.tsx';
import { sendText } from './send-state.ts';

const MOST_ANSWERS = 20;

/** Sends, and keeps the last answers, the latest first. */
export function useSending() {
  const answers = useSignal<readonly Sent[]>([]);
  const isSending = useSignal(false);
  const problem = useSignal('');
  const send = async (kind: SendRequest['kind']): Promise<void> => {
    isSending.value = true;
    problem.value = '';
    try {
      const answer = await ask<SendView>(PATHS.send, { body: { kind, event: sendText.peek() } satisfies SendRequest });
      answers.value = [{ at: Date.now(), kind, answer }, ...answers.peek()].slice(0, MOST_ANSWERS);
    } catch (error) {
      problem.value = messageOfAsk(error);
    }
    isSending.value = false;
  };
  return { answers, isSending, problem, send };
}
