import { useEffect } from 'preact/hooks';

import { isDirty } from './draft.ts';
import { save, saveState } from './save.ts';

/** Ctrl+S, or ⌘S, saves as in any editor; by itself the browser would save the page. */
export function useSaveKey(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      saveIfUnsaved();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** A conflict is answered in its own dialog. */
export function saveIfUnsaved(): void {
  const { kind } = saveState.peek();
  if (isDirty.peek() && kind !== 'saving' && kind !== 'conflict') void save();
}
