import type { LiveEvent } from '../../api.ts';
import { FateMark } from '../parts/fate.tsx';
import { count, span } from '../text/figures.ts';
import { dayAndClock } from '../text/moment.ts';
import { reasonText } from './reason-text.ts';

interface RunsProps {
  readonly runs: readonly LiveEvent[];
  readonly current: number;
}

/** Every time that forward had the event in hand. */
export function Runs({ runs, current }: RunsProps) {
  return (
    <section class="part">
      <h3>{count(runs.length, 'run')}</h3>
      <ol class="runs">
        {runs.map((run, index) => (
          <li key={run.seq} aria-current={run.seq === current ? 'true' : undefined}>
            <FateMark fate={run.fate} />
            <span class="mono small">{reasonText(run)}</span>
            <span class="faint small">
              {dayAndClock(run.at)}
              {index > 0 && `, ${span(run.at - (runs[index - 1]?.at ?? run.at))} later`}
              {`, receive ${run.receiveCount}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
