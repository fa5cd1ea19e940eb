import type { EventDetail } from '../../api.ts';
import { FateMark } from '../parts/fate.tsx';
import { span } from '../text/figures.ts';
import { lastRun } from './same-event.ts';

interface LaterRunProps {
  readonly detail: EventDetail;
  readonly choose: (seq: number) => void;
}

/** Nobody shall take an event for returned that was delivered long since. */
export function LaterRun({ detail, choose }: LaterRunProps) {
  const { event } = detail;
  const last = lastRun(detail);
  if (last.seq === event.seq) return null;
  return (
    <div class="notice later-run">
      <p>
        This isn't its last run: {span(last.at - event.at)} later it was <FateMark fate={last.fate} />
      </p>
      <button type="button" class="button button-small" onClick={() => choose(last.seq)}>
        Show the last run
      </button>
    </div>
  );
}
