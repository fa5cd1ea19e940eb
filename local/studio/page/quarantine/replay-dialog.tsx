import { useSignal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { ReplayRequest, ReplayView } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { answerTo, useAsked } from '../api/asked.ts';
import type { Asked } from '../api/asked.ts';
import { reasonText } from '../live/reason-text.ts';
import { counts, targetIsSandbox } from '../live/feed.ts';
import { isDirty } from '../mappings/draft.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Hostile } from '../parts/hostile.tsx';
import { Asking, Problem } from '../parts/problem.tsx';
import { count } from '../text/figures.ts';
import { ReplayFigures } from './replay-figures.tsx';

/** Which events; without a reason, all of them. */
export type ReplayWish = Omit<ReplayRequest, 'dryRun'>;

interface ReplayDialogProps {
  readonly wish: ReplayWish;
  readonly close: () => void;
}

/** Counts first what would come of it; sends only once the reader has seen the figures. */
export function ReplayDialog({ wish, close }: ReplayDialogProps) {
  const [dryRun, again] = useAsked((signal) => replay({ ...wish, dryRun: true }, signal), []);
  const sent = useSignal<Asked<ReplayView>>({ kind: 'idle' });
  const send = async (): Promise<void> => {
    sent.value = { kind: 'asking' };
    sent.value = await answerTo((signal) => replay({ ...wish, dryRun: false }, signal), new AbortController().signal);
  };
  const counted = dryRun.value;
  const outcome = sent.value;
  return (
    <Dialog title="Replay" close={close}>
      <p>
        {wish.reason === undefined ? 'All quarantined events' : 'Events quarantined for '}
        {wish.reason !== undefined && (
          <strong class="mono">
            <Hostile text={reasonText({ reason: wish.reason, ...(wish.field === undefined ? {} : { field: wish.field }) })} />
          </strong>
        )}
        , mapped with the mappings as saved.
      </p>
      {isDirty.value && <p class="notice notice-warning">Your unsaved changes of the mappings don't count here. Save them first.</p>}
      <div aria-live="polite">
        {counted.kind === 'asking' && <Asking what="Counting what would come of it; nothing is sent" />}
        {counted.kind === 'failed' && <Problem sentence={counted.sentence} again={again} />}
        {counted.kind === 'answered' && <ReplayFigures view={counted.answer} />}
        {outcome.kind === 'failed' && <Problem sentence={outcome.sentence} />}
        {outcome.kind === 'answered' && <Sent view={outcome.answer} />}
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={close}>
          {outcome.kind === 'answered' ? 'Close' : 'Cancel'}
        </button>
        {counted.kind === 'answered' && outcome.kind !== 'answered' && (
          <button type="button" class="button button-main" disabled={counted.answer.wouldBe.delivered === 0 || outcome.kind === 'asking'} onClick={() => void send()}>
            {outcome.kind === 'asking' ? 'Sending…' : sendText(counted.answer)}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function Sent({ view: { queued, notes } }: { readonly view: ReplayView }) {
  return (
    <div class="notice notice-good">
      <p>{count(queued, 'event')} sent again. Live shows what becomes of them.</p>
      {notes.map((note) => (
        <p key={note} class="wrap">
          {note}
        </p>
      ))}
    </div>
  );
}

/** Names the figures, and where it is billed. What wouldn't be delivered stays where it is, and isn't sent. */
function sendText({ wouldBe }: ReplayView): string {
  if (wouldBe.delivered === 0) return 'Nothing to send';
  const again = `Send ${count(wouldBe.delivered, 'event')} again`;
  if (targetIsSandbox.value) return again;
  return `${again}, and bill ${wouldBe.delivered === 1 ? 'it' : 'them'} at ${counts.value?.target.replace('https://', '') ?? 'Metronome'}`;
}

async function replay(request: ReplayRequest, signal: AbortSignal): Promise<ReplayView> {
  return ask<ReplayView>(PATHS.replay, { body: request, signal });
}
