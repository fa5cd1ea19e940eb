import { useSignal } from '@preact/signals';

import { Dialog } from '../parts/dialog.tsx';
import { DiffView } from '../text/diff-view.tsx';
import { begin, draft, file, isDirty, normal, savedText, setText } from './draft.ts';
import { Refusal, SaveStateLine } from './save-state.tsx';
import { saveState } from './save.ts';
import { saveIfUnsaved, useSaveKey } from './use-save-key.ts';

interface SaveBarProps {
  readonly isWhole: boolean;
  readonly isListed: boolean;
  readonly setWhole: (isWhole: boolean) => void;
}

/** Stays in sight while a mapping is open, also where that fills the screen. */
export function SaveBar({ isWhole, isListed, setWhole }: SaveBarProps) {
  useSaveKey();
  return (
    <div class="bar">
      <div class="segments" role="group" aria-label="Edit">
        <button type="button" class="segment" aria-pressed={!isWhole} disabled={!isListed} onClick={() => setWhole(false)}>
          Mappings
        </button>
        <button type="button" class="segment" aria-pressed={isWhole} onClick={() => setWhole(true)}>
          Whole file
        </button>
      </div>
      <SaveStateLine />
      <div class="bar-end">
        {isDirty.value && <Unsaved />}
        <SaveButton />
      </div>
      <NotRunning />
      <Refusal />
    </div>
  );
}

/** Why the file isn't what runs, and the way back to that. */
function NotRunning() {
  const { notRunning, runningText } = file.value ?? {};
  if (notRunning === undefined) return null;
  return (
    <div class="notice notice-warning bar-wide wrap">
      <p>{notRunning}</p>
      {runningText !== undefined && draft.value.text !== normal(runningText) && (
        <button type="button" class="button button-small" onClick={() => takeRunning(runningText)}>
          Take what runs
        </button>
      )}
    </div>
  );
}

/** Nothing is written before the reader saves it. */
function takeRunning(text: string): void {
  if (!isDirty.peek() || confirm('Drop all unsaved changes of the mappings?')) setText(normal(text));
}

/** Only named disabled once all is saved, as the focus would be lost. */
function SaveButton() {
  const isSaving = saveState.value.kind === 'saving';
  return (
    <button type="button" class="button button-main" aria-disabled={!isDirty.value || isSaving} aria-keyshortcuts="Control+S Meta+S" title="Save (Ctrl+S)" onClick={saveIfUnsaved}>
      {isSaving ? 'Saving…' : 'Save'}
    </button>
  );
}

function Unsaved() {
  const isShowing = useSignal(false);
  return (
    <>
      <button type="button" class="button" onClick={() => (isShowing.value = true)}>
        Show changes
      </button>
      <button type="button" class="button" onClick={discard}>
        Discard
      </button>
      {isShowing.value && (
        <Dialog title="What saving would change" isWide close={() => (isShowing.value = false)}>
          <DiffView label="Changes" before={savedText.value} after={draft.value.text} beforeName="saved" afterName="edited" />
          <form method="dialog" class="dialog-foot">
            <button class="button">Close</button>
          </form>
        </Dialog>
      )}
    </>
  );
}

/** Asked once more by the browser's own dialog: what was edited can't be brought back. */
function discard(): void {
  const view = file.peek();
  if (view !== undefined && confirm('Drop all unsaved changes of the mappings?')) begin(view.text, view.version);
}
