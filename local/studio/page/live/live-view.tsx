import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { LiveEvent } from '../../api.ts';
import { go, goInPlace, route } from '../route.ts';
import { Chart } from './chart.tsx';
import { EventList } from './event-list.tsx';
import { EventSheet } from './event-sheet.tsx';
import { rows } from './feed.ts';
import { FilterBar } from './filter-bar.tsx';

/** Events as they pass. What the reader looks at stays where it is: the list is held while it is paused or scrolled. */
export function LiveView() {
  const isPaused = useSignal(false);
  const held = useSignal<readonly LiveEvent[] | undefined>(undefined);
  const open = openSeq();
  useEffect(() => {
    held.value = isPaused.value ? (held.peek() ?? rows.peek()) : undefined;
  }, [isPaused.value]);

  return (
    <>
      <div class="live-head">
        <FilterBar isPaused={isPaused.value} setPaused={(paused) => (isPaused.value = paused)} filterChanged={() => (held.value = undefined)} />
        <Chart />
      </div>
      <div class={open === undefined ? 'split' : 'split split-open'}>
        <EventList held={held} isPaused={isPaused} open={open} choose={openEvent} />
        {open !== undefined && <EventSheet seq={open} close={() => go({ view: 'live' })} />}
      </div>
    </>
  );
}

/** The first one opened is a step of its own, so that the browser's back closes it. */
function openEvent(seq: number): void {
  const to = { view: 'live', detail: String(seq) } as const;
  if (openSeq() === undefined) go(to);
  else goInPlace(to);
}

function openSeq(): number | undefined {
  const { view, detail } = route.value;
  const seq = Number(detail);
  return view === 'live' && detail !== undefined && Number.isSafeInteger(seq) ? seq : undefined;
}
