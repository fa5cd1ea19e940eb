import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

import { PATHS } from '../../api.ts';
import type { SampleView, SendRequest } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/asked.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { laidOut } from '../json/laid-out.ts';
import { counts, targetIsSandbox } from '../live/feed.ts';
import { Problem } from '../parts/problem.tsx';
import { AnswerList } from './answer-list.tsx';
import { KindChoice } from './kind-choice.tsx';
import { sendText } from './send-state.ts';
import { useSending } from './use-sending.ts';

/** Signed webhooks as Segment would send them, and wrong ones to see them refused. */
export function SendView() {
  const kind = useSignal<SendRequest['kind']>('single');
  const { isSending, problem, send } = useSending();
  const [samples, again] = useAsked((signal) => ask<readonly SampleView[]>(PATHS.samples, { signal }), []);
  const state = samples.value;
  const known = state.kind === 'answered' ? state.answer : [];
  useEffect(() => {
    if (sendText.peek() === '' && known[0] !== undefined) sendText.value = laidOut(known[0].event);
  }, [known[0]]);

  return (
    <div class="send">
      <section class="send-form" aria-label="The request">
        <KindChoice kind={kind} />
        {state.kind === 'failed' && <Problem sentence={state.sentence} again={again} />}
        {known.length > 0 && <SampleChoice known={known} />}
        <CodeEditor label="The event to send, as JSON" text={sendText.value} change={(text) => (sendText.value = text)} />
        {counts.value !== undefined && !targetIsSandbox.value && (
          <p class="notice notice-warning">
            This bridge sends to <bdi>{counts.value.target}</bdi>. An event that a mapping matches is billed there.
          </p>
        )}
        <p class="send-foot">
          <button type="button" class="button button-main" disabled={isSending.value || counts.value === undefined} onClick={() => void send(kind.peek())}>
            {isSending.value ? 'Sending…' : sendLabel()}
          </button>
          {counts.value === undefined && <span class="small faint">Waiting for the bridge to say where it sends.</span>}
        </p>
      </section>
      <section class="send-answers" aria-label="Answers">
        <h2>Answers</h2>
        {problem.value !== '' && <Problem sentence={problem.value} />}
        <AnswerList />
      </section>
    </div>
  );
}

function SampleChoice({ known }: { readonly known: readonly SampleView[] }) {
  const id = useId();
  return (
    <div class="form">
      <label for={id}>Begin with</label>
      <select id={id} class="input" onChange={({ currentTarget }) => (sendText.value = laidOut(known[Number(currentTarget.value)]?.event ?? sendText.peek()))}>
        {known.map(({ name }, index) => (
          <option key={name} value={index}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function sendLabel(): string {
  return counts.value === undefined || targetIsSandbox.value ? 'Send' : 'Send, and let it be billed';
}
