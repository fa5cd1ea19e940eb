import { JsonView } from '../json/json-view.tsx';
import { Empty } from '../parts/problem.tsx';
import { routeText } from '../route-text.ts';
import { figure } from '../text/figures.ts';
import { clock } from '../text/moment.ts';
import { kindTitle } from './kinds.ts';
import { meaningOf } from './meaning.ts';
import { answers } from './send-state.ts';
import type { Sent } from './send-state.ts';

export function AnswerList() {
  return (
    <div aria-live="polite">
      {answers.value.length === 0 && <Empty title="Nothing sent yet.">What the webhook answers is shown here, the latest first.</Empty>}
      {answers.value.map((sent) => (
        <AnswerCard key={sent.at} sent={sent} />
      ))}
    </div>
  );
}

function AnswerCard({ sent: { at, kind, answer } }: { readonly sent: Sent }) {
  const { status, body, milliseconds } = answer;
  const { isRight, sentence } = meaningOf(kind, status, body);
  return (
    <article class="card" aria-label={`${kindTitle(kind)}, answered ${status}`}>
      <div class="card-head">
        <span class={isRight ? 'tag tag-good' : 'tag tag-warning'}>{status}</span>
        <strong class="card-title">{kindTitle(kind)}</strong>
        <span class="faint small">
          {clock(at)} · {figure(Math.round(milliseconds))} ms
        </span>
      </div>
      <p>
        {sentence}
        {status < 300 && (
          <>
            {' '}
            <a href={routeText({ view: 'live' })}>Watch it pass</a>
          </>
        )}
      </p>
      <JsonView label={`Body of the answer at ${clock(at)}`} text={body} />
    </article>
  );
}
