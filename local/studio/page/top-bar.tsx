import { connection, counts, targetIsSandbox } from './live/feed.ts';
import { FateIcon } from './parts/fate.tsx';
import { figure } from './text/figures.ts';

/** What runs, where it bills, and how much of it. */
export function TopBar() {
  return (
    <header class="top">
      <div class="top-name">
        <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true" class="logo">
          <path d="M1 12V8a7 7 0 0 1 14 0v4M1 9h14M5 9v3m6-3v3" fill="none" stroke="currentColor" stroke-width="1.6" />
        </svg>
        <span>Bridge studio</span>
      </div>
      <Target />
      <Counters />
      <ConnectionState />
    </header>
  );
}

function Target() {
  const target = counts.value?.target;
  if (target === undefined) return <span class="target faint">…</span>;
  if (targetIsSandbox.value) {
    return (
      <span class="target target-sandbox" title="Usage events go to the sandbox on this machine. Nothing is billed.">
        Sandbox
      </span>
    );
  }
  return (
    <span class="target target-real" title={`Usage events go to ${target}, and are billed there.`}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d="M8 1 .5 14.5h15L8 1Zm-1 5h2v4H7V6Zm0 5h2v2H7v-2Z" fill="currentColor" fill-rule="evenodd" />
      </svg>
      <span class="target-text">
        Bills at <bdi>{target.replace('https://', '')}</bdi>
      </span>
    </span>
  );
}

function Counters() {
  const now = counts.value;
  return (
    <dl class="counters" aria-label="Counts since the data folder began">
      <Counter name="accepted" value={now?.accepted} />
      <Counter name="delivered" value={now?.fates.delivered} fate="delivered" />
      <Counter name="filtered" value={now?.fates.filtered} fate="filtered" />
      <Counter name="quarantined" value={now?.fates.quarantined} fate="quarantined" />
      <Counter name="waiting" value={now?.waiting} />
      <Counter name="dead letters" value={now?.deadLetters} isBad={(now?.deadLetters ?? 0) > 0} />
    </dl>
  );
}

interface CounterProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly fate?: 'delivered' | 'filtered' | 'quarantined';
  readonly isBad?: boolean;
}

function Counter({ name, value, fate, isBad = false }: CounterProps) {
  return (
    <div class={isBad ? 'counter counter-bad' : 'counter'}>
      <dt>
        {fate !== undefined && <FateIcon fate={fate} />}
        {name}
      </dt>
      <dd data-counter={name}>{value === undefined ? '–' : figure(value)}</dd>
    </div>
  );
}

function ConnectionState() {
  const state = connection.value;
  const { word, title } = wordsOf(state);
  return (
    <span class={`connection connection-${state.kind}`} role="status" title={title}>
      <span class="connection-mark" aria-hidden="true" />
      {word}
    </span>
  );
}

function wordsOf(state: typeof connection.value): { readonly word: string; readonly title: string } {
  switch (state.kind) {
    case 'open':
      return { word: 'Live', title: 'Events are shown as they pass.' };
    case 'connecting':
      return { word: 'Connecting', title: 'The stream of events is being opened.' };
    case 'outdated':
      return { word: 'Reload', title: state.sentence };
    case 'waiting':
      return { word: 'Disconnected', title: `${state.sentence} The next try is in ${state.seconds} s.` };
  }
}
