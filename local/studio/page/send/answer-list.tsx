import type { SendRequest, SendView } from '../../api.ts';
import { JsonView } from '../json/json-view.tsx';
import { Empty } from '../parts/problem.tsx';
import { routeText } from '../route-text.ts';
import { figure } from '../text/figures.ts';
import { clock } from '../text/moment.ts';

export interface Sent {
  readonly at: number;
  readonly kind: SendRequest['kind'];
  readonly answer: SendView;
}

export function AnswerList({ answers }: { readonly answers: readonly Sent[] }) {
  return (
    <div aria-live="polite">
      {answers.length === 0 && <Empty title="Nothing sent yet.">What the webhook answers is shown here, the latest first.</Empty>}
      {answers.map(({ at, kind, answer: { status, body, milliseconds } }) => (
        <article key={at} class="card">
          <div class="card-head">
            <span class={status < 300 ? 'tag tag-good' : 'tag tag-warning'}>{status}</span>
            <strong class="card-title">{kind.replace('_', ' ')}</strong>
            <span class="faint small">
              {clock(at)} · {figure(Math.round(milliseconds))} ms
            </span>
          </div>
          <JsonView label="Body of the answer" text={body} />
          {status < 300 && (
            <p>
              <a href={routeText({ view: 'live' })}>Watch it pass</a>
            </p>
          )}
        </article>
      ))}
    </div>
  );
}
