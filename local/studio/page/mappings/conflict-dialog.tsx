import { Dialog } from '../parts/dialog.tsx';
import { DiffView } from '../text/diff-view.tsx';
import { draft, normal } from './draft.ts';
import { save, saveState, takeTheirs } from './save.ts';

/** The file changed on disk since the draft began: the reader sees both and says which counts. */
export function ConflictDialog() {
  const state = saveState.value;
  if (state.kind !== 'conflict') return null;
  const goOn = (): void => {
    if (saveState.peek().kind === 'conflict') saveState.value = { kind: 'idle' };
  };
  return (
    <Dialog title="The file changed on disk" isWide close={goOn}>
      <p>Somebody else saved it while you were editing. Nothing has been written yet.</p>
      <DiffView label="Difference between the file on disk and your edit" before={normal(state.diskText)} after={draft.value.text} beforeName="on disk" afterName="yours" />
      <div class="dialog-foot">
        <button type="button" class="button" onClick={goOn}>
          Go on editing
        </button>
        <button type="button" class="button" onClick={() => void takeTheirs(state.diskText, state.version)}>
          Take theirs, drop mine
        </button>
        <button type="button" class="button button-main" onClick={() => void save(state.version)}>
          Keep mine, write over theirs
        </button>
      </div>
    </Dialog>
  );
}
