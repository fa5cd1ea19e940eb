import { PATHS } from '../../api.ts';
import type { EventDetail } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/asked.ts';
import { FateMark } from '../parts/fate.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { Asking, Problem } from '../parts/problem.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { EventBody } from './event-body.tsx';

interface EventSheetProps {
  readonly seq: number;
  readonly close: () => void;
}

export function EventSheet({ seq, close }: EventSheetProps) {
  const [asked, again] = useAsked((signal) => ask<EventDetail>(PATHS.event, { query: { seq }, signal }), [seq]);
  const state = asked.value;
  const event = state.kind === 'answered' ? state.answer.event : undefined;
  const title = event === undefined ? 'Event' : <EventTitle event={event} />;
  return (
    <Sheet label="Event" title={title} close={close} subject={String(seq)} takesFocus={false}>
      {state.kind === 'failed' && <Problem sentence={state.sentence} again={again} />}
      {(state.kind === 'asking' || state.kind === 'idle') && <Asking what="Loading the event" />}
      {state.kind === 'answered' && <EventBody key={seq} detail={state.answer} />}
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
