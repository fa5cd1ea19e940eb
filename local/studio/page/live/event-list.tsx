import { EventRow, ListHead, rowId } from './event-row.tsx';
import { askOlder, isAsking, rows } from './feed.ts';
import { CutOff, ListFoot, ListState } from './list-foot.tsx';
import { NewRows } from './new-rows.tsx';
import { useList } from './use-list.ts';
import type { ListOptions } from './use-list.ts';

/** A list of any length of which only what is seen is in the page. One stop for Tab; arrow keys move in it. */
export function EventList(options: ListOptions) {
  const { held, isPaused, open } = options;
  const { box, shown, isStacked, rowHeight, first, end, activeSeq, move, scrolled, pick } = useList(options);
  const rendered = shown.slice(first, end);
  const toTop = (): void => {
    held.value = isPaused.peek() || open !== undefined ? rows.peek() : undefined;
    box.current?.scrollTo({ top: 0 });
    box.current?.focus();
  };
  return (
    <div class="list-side">
      <CutOff />
      <ListHead />
      <ListState shown={shown} />
      <NewRows held={held} toTop={toTop} />
      <div
        ref={box}
        class={isStacked ? 'list list-stacked' : 'list'}
        role="listbox"
        tabIndex={0}
        aria-label="Events, the newest first"
        aria-busy={isAsking.value}
        aria-activedescendant={activeSeq !== undefined && rendered.some(({ seq }) => seq === activeSeq) ? rowId(activeSeq) : undefined}
        onScroll={scrolled}
        onKeyDown={(event) => onKey(event, move, () => activeSeq !== undefined && pick(activeSeq))}
      >
        <svg class="list-space" width="1" height={shown.length * rowHeight} aria-hidden="true" />
        {rendered.map((event, index) => (
          <EventRow
            key={event.seq}
            event={event}
            top={(first + index) * rowHeight}
            position={first + index + 1}
            count={shown.length}
            isOpen={event.seq === open}
            isActive={event.seq === activeSeq}
            choose={() => pick(event.seq)}
          />
        ))}
      </div>
      <ListFoot shown={shown} askOlder={() => void askOlder()} />
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

function onKey(event: KeyboardEvent, move: (by: number) => void, open: () => void): void {
  const step = STEPS[event.key];
  if (step === undefined && event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  if (step === undefined) open();
  else move(step);
}
