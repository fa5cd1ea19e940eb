import type { LiveEvent } from '../../api.ts';
import { FateMark } from '../parts/fate.tsx';
import { count, span } from '../text/figures.ts';
import { dayAndClock } from '../text/moment.ts';
import { reasonText } from './reason-text.ts';

interface RunsProps {
  readonly runs: readonly LiveEvent[];
  readonly current: number;
  readonly choose: (seq: number) => void;
}

/** Every time that forward had the event in hand. */
export function Runs({ runs, current, choose }: RunsProps) {
  return (
    <section class="part">
      <h3>{count(runs.length, 'run')}</h3>
      <ol class="runs" aria-label="Runs, the first one first">
        {runs.map((run, index) => (
          <li key={run.seq} aria-current={run.seq === current ? 'true' : undefined}>
            <FateMark fate={run.fate} />
            <span class="mono small">{reasonText(run)}</span>
            <span class="faint small">{whenOf(run, runs[index - 1])}</span>
            {runs.length > 1 && (
              <button type="button" class="button button-small" aria-pressed={run.seq === current} aria-label={`Show run ${index + 1}`} onClick={() => choose(run.seq)}>
                Show
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function whenOf(run: LiveEvent, before: LiveEvent | undefined): string {
  const later = before === undefined ? [] : [`${span(run.at - before.at)} later`];
  const again = run.replayOf === undefined ? [] : ['sent again by a replay'];
  return [dayAndClock(run.at), ...later, ...again, `receive ${run.receiveCount}`].join(', ');
}
