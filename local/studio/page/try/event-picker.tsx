import { useSignal } from '@preact/signals';

import { messageOfAsk } from '../api/ask.ts';
import { useAsked } from '../api/asked.ts';
import { FateIcon } from '../parts/fate.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { Asking, Empty, Problem } from '../parts/problem.tsx';
import { choicesOf } from './choices.ts';
import type { Choice, Source } from './choices.ts';
import { pickLoaded } from './chosen.ts';

const SOURCES: readonly { readonly source: Source; readonly title: string; readonly none: string }[] = [
  { source: 'recent', title: 'Recent', none: 'No event has passed yet.' },
  { source: 'quarantined', title: 'Quarantined', none: 'Nothing is quarantined.' },
  { source: 'samples', title: 'Samples', none: 'There are no samples.' },
];

export function EventPicker() {
  const source = useSignal<Source>('recent');
  const problem = useSignal('');
  const chosen = useSignal('');
  const [asked, again] = useAsked((signal) => choicesOf(source.value, signal), [source.value]);
  const state = asked.value;
  const take = async (choice: Choice): Promise<void> => {
    try {
      problem.value = '';
      chosen.value = choice.key;
      await pickLoaded(choice.load, choice.name);
    } catch (error) {
      problem.value = messageOfAsk(error);
    }
  };
  return (
    <div class="picker">
      <div class="segments" role="group" aria-label="Events to choose from">
        {SOURCES.map(({ source: one, title }) => (
          <button key={one} type="button" class="segment" aria-pressed={source.value === one} onClick={() => (source.value = one)}>
            {title}
          </button>
        ))}
      </div>
      {problem.value !== '' && <Problem sentence={problem.value} />}
      {state.kind === 'failed' && <Problem sentence={state.sentence} again={again} />}
      {state.kind === 'asking' && <Asking what="Loading" />}
      {state.kind === 'answered' && state.answer.length === 0 && <Empty title={SOURCES.find((one) => one.source === source.value)?.none ?? ''} />}
      {state.kind === 'answered' && state.answer.length > 0 && (
        <ul class="choices" aria-label="Events" onKeyDown={moveFocus}>
          {state.answer.map((choice) => (
            <li key={choice.key}>
              <button type="button" class="choice" aria-pressed={chosen.value === choice.key} onClick={() => void take(choice)}>
                {choice.fate !== undefined && <FateIcon fate={choice.fate} />}
                <span class="choice-name">
                  <Hostile text={choice.name} />
                </span>
                <span class="faint small choice-note">
                  <Hostile text={choice.note} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('.choice')];
  const at = choices.findIndex((choice) => choice === event.target);
  event.preventDefault();
  choices[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}
