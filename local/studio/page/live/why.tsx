import type { EventDetail } from '../../api.ts';
import { HostileWhole } from '../parts/hostile.tsx';
import { clock } from '../text/moment.ts';
import { causeWords } from './cause-words.ts';
import { lastRun } from './same-event.ts';

/** What stopped the event, in the words of whoever stopped it. */
export function Why({ detail }: { readonly detail: EventDetail }) {
  const { event, usage, faultPath } = detail;
  const isReturned = event.fate === 'returned';
  const sentence = isReturned ? causeWords(event.reason) : usage.find(({ reason }) => reason === event.reason)?.detail;
  return (
    <div class={isReturned ? 'notice notice-info' : 'notice notice-warning'}>
      <p>
        <strong class="mono">{event.reason}</strong>
        {event.field !== undefined && (
          <>
            {' in '}
            <strong class="mono">
              <HostileWhole text={event.field} />
            </strong>
          </>
        )}
        {faultPath !== undefined && <span> (marked in the raw event)</span>}
      </p>
      {sentence !== undefined && (
        <p>
          <HostileWhole text={sentence} />
        </p>
      )}
      {isReturned && lastRun(detail).seq === event.seq && <p>{whenBack(detail)}</p>}
    </div>
  );
}

function whenBack({ comesBack }: EventDetail): string {
  if (comesBack === undefined) return 'It is back in the queue and comes again by itself.';
  const [from, to] = [toSecond(comesBack.from), toSecond(comesBack.to)];
  return `It is back in the queue and comes again by itself ${from === to ? `at about ${to}` : `between ${from} and about ${to}`}, or when the bridge is started again.`;
}

function toSecond(at: number): string {
  return clock(at).slice(0, 8);
}
