import { go } from '../route.ts';
import { copyEntry, deleteEntry } from './changes.ts';
import { closeEntry, moveAndFollow, showEntry } from './open-entry.ts';

interface EntryActionsProps {
  readonly index: number;
  readonly count: number;
  readonly isReadable: boolean;
}

/** What can be done with a whole mapping. At the ends of the list a button is only named disabled, as the focus would be lost. */
export function EntryActions({ index, count, isReadable }: EntryActionsProps) {
  return (
    <div class="sheet-actions" role="group" aria-label="This mapping">
      <button type="button" class="button button-small" disabled={!isReadable} onClick={() => showEntry(copyEntry(index))}>
        Copy
      </button>
      <button type="button" class="button button-small" aria-disabled={index === 0} onClick={() => moveAndFollow(index, -1)}>
        Move up
      </button>
      <button type="button" class="button button-small" aria-disabled={index === count - 1} onClick={() => moveAndFollow(index, 1)}>
        Move down
      </button>
      <button type="button" class="button button-small button-danger" onClick={() => remove(index)}>
        Delete
      </button>
      <span class="small faint entry-place" role="status">
        {index + 1} of {count}
      </span>
      <button type="button" class="button button-small bar-end" onClick={() => go({ view: 'try' })}>
        Try it
      </button>
    </div>
  );
}

function remove(index: number): void {
  deleteEntry(index, showEntry);
  closeEntry();
}
