import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

import { Dialog } from '../parts/dialog.tsx';
import { TwoSides } from '../text/two-sides.tsx';
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
      <p>Somebody else saved it while you were editing. Nothing has been written yet. What stands only on disk is marked −, what stands only in yours +.</p>
      <TwoSides label="Difference between the file on disk and your edit" before={normal(state.diskText)} after={draft.value.text} beforeName="on disk" afterName="yours" />
      <ul class="ways" aria-label="What to do">
        <Way name="Keep mine, write over theirs" isMain act={() => void save(state.version)}>
          Writes yours to the file. What is marked − is lost.
        </Way>
        <Way name="Take theirs, drop mine" act={() => void takeTheirs(state.diskText, state.version)}>
          Leaves the file as it is and loads it here. What is marked + is lost.
        </Way>
        <Way name="Go on editing" act={goOn}>
          Writes nothing and loses nothing. The next Save asks again.
        </Way>
      </ul>
    </Dialog>
  );
}

interface WayProps {
  readonly name: string;
  readonly isMain?: boolean;
  readonly act: () => void;
  /** What it does, in a sentence or two. */
  readonly children: ComponentChildren;
}

function Way({ name, isMain = false, act, children }: WayProps) {
  const told = useId();
  return (
    <li class="way">
      <button type="button" class={isMain ? 'button button-main' : 'button'} aria-describedby={told} onClick={act}>
        {name}
      </button>
      <span id={told}>{children}</span>
    </li>
  );
}
