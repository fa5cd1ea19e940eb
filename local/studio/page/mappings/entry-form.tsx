import { useId } from 'preact/hooks';

import { Switch } from '../parts/switch.tsx';
import { setMember } from './changes.ts';
import type { Entry } from './entry.ts';

/** The plain members of a mapping. They stand in the JSON below as well: both show the same text. */
export function EntryForm({ index, entry }: { readonly index: number; readonly entry: Entry }) {
  const name = useId();
  const trigger = useId();
  return (
    <div class="form">
      <label for={name}>Name</label>
      <input id={name} class="input" value={entry.name} onInput={({ currentTarget }) => setMember(index, 'name', currentTarget.value)} />
      <span>Used</span>
      <Switch label={`Use the mapping ${entry.name}`} isOn={entry.isEnabled} change={(on) => setMember(index, 'enabled', on)} />
      <label for={trigger}>Trigger</label>
      <textarea id={trigger} class="input mono" rows={2} spellcheck={false} value={entry.trigger} onInput={({ currentTarget }) => setMember(index, 'trigger', currentTarget.value)} />
    </div>
  );
}
