import { useSignal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { RunView } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { answerTo } from '../api/asked.ts';
import type { Asked } from '../api/asked.ts';
import { draft } from '../mappings/draft.ts';
import { Asking, Problem } from '../parts/problem.tsx';
import { RunSummary } from './run-summary.tsx';

/** The edited mappings against the saved ones, over what really came. */
export function RunOver() {
  const asked = useSignal<Asked<RunView>>({ kind: 'idle' });
  const run = async (): Promise<void> => {
    asked.value = { kind: 'asking' };
    const { text } = draft.peek();
    asked.value = await answerTo((signal) => ask<RunView>(PATHS.run, { body: { text }, signal }), new AbortController().signal);
  };
  const state = asked.value;
  return (
    <section class="part run-over" aria-label="Recent events">
      <div class="part-head">
        <h2>Over recent events</h2>
        <button type="button" class="button" disabled={state.kind === 'asking'} onClick={() => void run()}>
          Run over the last 1,000 events
        </button>
      </div>
      <div aria-live="polite">
        {state.kind === 'asking' && <Asking what="Mapping the events" />}
        {state.kind === 'failed' && <Problem sentence={state.sentence} />}
        {state.kind === 'answered' && <RunSummary run={state.answer} />}
      </div>
    </section>
  );
}
