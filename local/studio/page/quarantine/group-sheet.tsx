import { JsonView } from '../json/json-view.tsx';
import { reasonText } from '../live/reason-text.ts';
import { HostileWhole } from '../parts/hostile.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { count, figure } from '../text/figures.ts';
import { dayAndClock } from '../text/moment.ts';
import { openInTry } from '../try/chosen.ts';
import { groupKey } from './group.ts';
import type { Group } from './group.ts';
import type { ReplayWish } from './replay-dialog.tsx';

interface GroupSheetProps {
  readonly group: Group;
  readonly replay: (wish: ReplayWish) => void;
  readonly close: () => void;
}

export function GroupSheet({ group, replay, close }: GroupSheetProps) {
  const { reason, field, samples } = group;
  const wish = field === undefined ? { reason } : { reason, field };
  return (
    <Sheet label="Group" title={<span class="mono">{reasonText(group)}</span>} close={close} subject={groupKey(group)}>
      <div class="sheet-actions">
        <span>{count(group.count, 'event')}</span>
        <button type="button" class="button button-main bar-end" onClick={() => replay(wish)}>
          Replay these…
        </button>
      </div>
      {samples.length < group.count && <p class="faint small">The latest {figure(samples.length)} are shown.</p>}
      {samples.map((sample, index) => (
        <SampleCard key={sample.sqsMessageId} sample={sample} isFirst={index === 0} />
      ))}
    </Sheet>
  );
}

function SampleCard({ sample, isFirst }: { readonly sample: Group['samples'][number]; readonly isFirst: boolean }) {
  const { sqsMessageId, messageId, at, detail, raw } = sample;
  return (
    <article class="card">
      <div class="card-head">
        <h3 class="card-title mono">
          <HostileWhole text={messageId ?? sqsMessageId} maxChars={80} />
        </h3>
        <span class="faint small">{dayAndClock(at)}</span>
        <button type="button" class="button button-small" onClick={() => openInTry(raw, messageId ?? sqsMessageId)}>
          Open in Try
        </button>
      </div>
      {detail !== undefined && (
        <p>
          <HostileWhole text={detail} />
        </p>
      )}
      <details open={isFirst}>
        <summary>Raw event</summary>
        <JsonView label="Raw event" text={raw} />
      </details>
    </article>
  );
}
