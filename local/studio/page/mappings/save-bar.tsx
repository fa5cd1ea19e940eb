import { useSignal } from '@preact/signals';

import { Dialog } from '../parts/dialog.tsx';
import { DiffView } from '../text/diff-view.tsx';
import { count } from '../text/figures.ts';
import { begin, draft, file, isDirty, lint, openErrors, savedText } from './draft.ts';
import { save, saveState } from './save.ts';

interface SaveBarProps {
  readonly isWhole: boolean;
  readonly isListed: boolean;
  readonly setWhole: (isWhole: boolean) => void;
}

export function SaveBar({ isWhole, isListed, setWhole }: SaveBarProps) {
  const isShowing = useSignal(false);
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
      <State />
      <div class="bar-end">
        {isDirty.value && (
          <>
            <button type="button" class="button" onClick={() => (isShowing.value = true)}>
              Show changes
            </button>
            <button type="button" class="button" onClick={discard}>
              Discard
            </button>
          </>
        )}
        <button type="button" class="button button-main" disabled={!isDirty.value || saveState.value.kind === 'saving'} onClick={() => void save()}>
          {saveState.value.kind === 'saving' ? 'Saving…' : 'Save'}
        </button>
      </div>
      {file.value?.notRunning !== undefined && <p class="notice notice-warning bar-wide wrap">{file.value.notRunning}</p>}
      <Refusal />
      {isShowing.value && (
        <Dialog title="What saving would change" isWide close={() => (isShowing.value = false)}>
          <DiffView label="Changes" before={savedText.value} after={draft.value.text} beforeName="saved" afterName="edited" />
          <form method="dialog" class="dialog-foot">
            <button class="button">Close</button>
          </form>
        </Dialog>
      )}
    </div>
  );
}

function State() {
  const view = file.value;
  const isOther = view !== undefined && view.running !== view.version;
  return (
    <p class="bar-state" role="status">
      <span class={isDirty.value ? 'tag tag-warning' : 'tag'}>{isDirty.value ? 'Unsaved changes' : 'Saved'}</span>
      {isOther && (
        <span class="tag tag-warning" title={`Forward maps with the version ${view.running.slice(0, 12)}, the file is ${view.version.slice(0, 12)}.`}>
          Not what runs
        </span>
      )}
      <span class="faint mono path">
        <bdi>{view?.path}</bdi>
      </span>
    </p>
  );
}

function Refusal() {
  const state = saveState.value;
  if (state.kind === 'failed') {
    return (
      <p class="notice notice-error bar-wide" role="alert">
        {state.sentence}
      </p>
    );
  }
  const stops = openErrors.value + lint.value.problems.length;
  if (state.kind !== 'refused' || stops === 0) return null;
  return (
    <p class="notice notice-error bar-wide" role="alert">
      Not saved: {count(stops, 'error')} would lose events or bill them wrongly. Mend what is marked below, or acknowledge it where it is meant.
    </p>
  );
}

/** Asked once more by the browser's own dialog: what was edited can't be brought back. */
function discard(): void {
  const view = file.peek();
  if (view !== undefined && confirm('Drop all unsaved changes of the mappings?')) begin(view.text, view.version);
}
