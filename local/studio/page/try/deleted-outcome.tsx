import type { DeletedTry } from '../../api.ts';
import { Hostile } from '../parts/hostile.tsx';
import { Trigger } from './conditions.tsx';
import { DeletedDifference } from './saved-difference.tsx';

/** A mapping that the saved file has and the edited text has not: what saving would take away. */
export function DeletedOutcome({ deleted }: { readonly deleted: DeletedTry }) {
  const { mapping, trigger, condition } = deleted;
  return (
    <article class="card">
      <div class="card-head">
        <span class="tag tag-warning">deleted</span>
        <h3 class="card-title">
          <Hostile text={mapping} maxChars={100} />
        </h3>
      </div>
      <p>{sentenceOf(deleted)}</p>
      <Trigger trigger={trigger} condition={condition} />
      {isMissed(deleted) && <DeletedDifference deleted={deleted} />}
    </article>
  );
}

function isMissed({ enabled, matched }: DeletedTry): boolean {
  return enabled && matched;
}

function sentenceOf(deleted: DeletedTry): string {
  const gone = 'Deleted in the editor, or renamed there.';
  if (!deleted.enabled) return `${gone} The saved mapping is switched off, so this event misses nothing.`;
  if (!deleted.matched) return `${gone} The saved mapping doesn't match this event, so it misses nothing.`;
  return deleted.fault === undefined ? `${gone} The saved mapping makes a usage event that is then no longer sent.` : `${gone} The saved mapping has this event quarantined.`;
}
