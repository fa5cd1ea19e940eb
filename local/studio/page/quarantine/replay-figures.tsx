import type { ReplayView } from '../../api.ts';
import { FateMark } from '../parts/fate.tsx';
import { count, figure } from '../text/figures.ts';

/** What a replay would come to, before it is done. */
export function ReplayFigures({ view: { selected, wouldBe, notes } }: { readonly view: ReplayView }) {
  return (
    <>
      <p>{count(selected, 'event')} selected. They would be:</p>
      <dl class="figures">
        <div>
          <dt>
            <FateMark fate="delivered" />
          </dt>
          <dd>{figure(wouldBe.delivered)}</dd>
        </div>
        <div>
          <dt>
            <FateMark fate="filtered" />
          </dt>
          <dd>{figure(wouldBe.filtered)}</dd>
        </div>
        <div>
          <dt>
            <FateMark fate="quarantined" />
          </dt>
          <dd>{figure(wouldBe.quarantined)}</dd>
        </div>
        <div>
          <dt>not sent</dt>
          <dd>{figure(wouldBe.refused)}</dd>
        </div>
      </dl>
      {notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <li key={note} class="wrap">
              {note}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
