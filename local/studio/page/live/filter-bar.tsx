import { useEffect, useRef } from 'preact/hooks';

import type { LiveFate } from '../../api.ts';
import { FateIcon } from '../parts/fate.tsx';
import { filter, reasons, setFilter } from './feed.ts';
import { NO_FILTER, isFiltering } from './filter.ts';
import type { LiveFilter } from './filter.ts';

const FATES: readonly LiveFate[] = ['delivered', 'filtered', 'quarantined', 'returned'];

interface FilterBarProps {
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
  readonly filterChanged: () => void;
}

export function FilterBar({ isPaused, setPaused, filterChanged }: FilterBarProps) {
  const search = useRef<HTMLInputElement>(null);
  useSlash(search);
  const change = (changed: Partial<LiveFilter>): void => {
    setFilter({ ...filter.peek(), ...changed });
    filterChanged();
  };
  const { fates, reason, text } = filter.value;
  const toggle = (fate: LiveFate): void => change({ fates: fates.includes(fate) ? fates.filter((one) => one !== fate) : [...fates, fate] });
  return (
    <div class="filters" role="search" aria-label="Filter events">
      <input
        ref={search}
        type="search"
        class="input search"
        placeholder="Name, customer, id…  ( / )"
        aria-label="Filter by text"
        aria-keyshortcuts="/"
        value={text}
        onInput={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      <div class="chips" role="group" aria-label="Fates">
        {FATES.map((fate) => (
          <button key={fate} type="button" class="chip" aria-pressed={fates.includes(fate)} onClick={() => toggle(fate)}>
            <FateIcon fate={fate} />
            {fate}
          </button>
        ))}
      </div>
      <select class="input" aria-label="Reason" value={reason} onChange={({ currentTarget }) => change({ reason: currentTarget.value })}>
        <option value="">Any reason</option>
        {(reason === '' || reasons.value.includes(reason) ? reasons.value : [reason, ...reasons.value]).map((known) => (
          <option key={known} value={known}>
            {known}
          </option>
        ))}
      </select>
      {isFiltering(filter.value) && (
        <button type="button" class="button" onClick={() => change(NO_FILTER)}>
          Clear filter
        </button>
      )}
      <button type="button" class="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
        {isPaused ? 'Go on' : 'Pause'}
      </button>
    </div>
  );
}

/** `/` goes to the filter from anywhere but a place to type. */
function useSlash(search: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable="true"], dialog') !== null) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
