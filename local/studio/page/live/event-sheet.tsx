import type { EventDetail, LiveEvent } from '../../api.ts';
import { FateMark } from '../parts/fate.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { Asking, Problem } from '../parts/problem.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { EventBody } from './event-body.tsx';
import { useDetail } from './use-detail.ts';

interface EventSheetProps {
  readonly seq: number;
  readonly close: () => void;
}

/** Whatever comes of the event while it is open, what is read in it stays where it is. */
export function EventSheet({ seq, close }: EventSheetProps) {
  const { detail, problem, again, choose, byHand, wentOnTo } = useDetail(seq);
  const title = detail === undefined ? 'Event' : <EventTitle event={detail.event} />;
  return (
    <Sheet label="Event" title={title} close={close} subject={`${seq} ${byHand ?? ''}`} takesFocus={byHand !== undefined}>
      <p class="visually-hidden" role="status">
        {wentOnTo !== undefined && newsOf(wentOnTo)}
      </p>
      {problem !== '' && <Problem sentence={problem} again={again} />}
      {problem === '' && detail === undefined && <Asking what="Loading the event" />}
      {detail !== undefined && <EventBody key={seq} detail={detail} choose={choose} />}
    </Sheet>
  );
}

function EventTitle({ event }: { readonly event: EventDetail['event'] }) {
  return (
    <span class="event-title">
      <FateMark fate={event.fate} />
      <Hostile text={event.name ?? event.type ?? event.messageId ?? event.sqsMessageId} maxChars={80} />
    </span>
  );
}

function newsOf({ fate, receiveCount }: LiveEvent): string {
  return fate === 'returned' ? `The event came back and was returned once more, at its receive ${receiveCount}.` : `The event came back and is ${fate} now.`;
}
