import { useEffect } from 'preact/hooks';

import { PATHS } from '../../api.ts';
import type { TryView as Outcome } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/asked.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { draft, file, isDirty, loadFile, loadProblem } from '../mappings/draft.ts';
import { Hostile } from '../parts/hostile.tsx';
import { Asking, Empty, Problem } from '../parts/problem.tsx';
import { routeText } from '../route-text.ts';
import { choose, eventName, eventText } from './chosen.ts';
import { EventPicker } from './event-picker.tsx';
import { OutcomeView } from './outcome.tsx';
import { RunOver } from './run-over.tsx';
import { useSettled } from './use-settled.ts';

const TYPING_MS = 300;

/** What the mappings as edited make of one event, and of the last ones. */
export function TryView() {
  useEffect(() => {
    if (file.peek() === undefined) void loadFile();
  }, []);
  return (
    <div class="try">
      <section class="try-event" aria-label="The event">
        <EventPicker />
        <div class="part-head">
          <h2>Event</h2>
          {eventName.value !== '' && (
            <span class="faint">
              <Hostile text={eventName.value} maxChars={60} />
            </span>
          )}
        </div>
        <CodeEditor label="The event as JSON; paste or edit it" text={eventText.value} change={(text) => edited(text)} />
      </section>
      <section class="try-outcome" aria-label="What becomes of it">
        <p class="small faint">
          With the mappings {isDirty.value ? 'as you edited them, not saved yet' : 'as saved'}. <a href={routeText({ view: 'mappings' })}>Edit them</a>
        </p>
        <Result />
        <RunOver />
      </section>
    </div>
  );
}

function Result() {
  const event = useSettled(eventText.value, TYPING_MS);
  const { text } = draft.value;
  const isReady = event.trim() !== '' && file.value !== undefined;
  const [asked, again] = useAsked(isReady ? (signal) => ask<Outcome>(PATHS.try, { body: { text, event }, signal }) : undefined, [event, text, isReady, file.value?.running]);
  const state = asked.value;
  if (loadProblem.value !== '') return <Problem sentence={loadProblem.value} again={() => void loadFile()} />;
  if (state.kind === 'idle') return <Empty title="No event yet.">Choose one of the list, or paste one.</Empty>;
  if (state.kind === 'asking') return <Asking what="Mapping the event" />;
  if (state.kind === 'failed') return <Problem sentence={state.sentence} again={again} />;
  return <OutcomeView outcome={state.answer} />;
}

function edited(text: string): void {
  if (text !== eventText.peek()) choose(text, eventName.peek() === '' ? 'pasted' : eventName.peek());
}
