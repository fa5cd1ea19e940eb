import { useComputed, useSignal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { LiveEvent } from '../../api.ts';
import { EventRow, ListHead, rowId } from './event-row.tsx';
import { askOlder, isAsking, rows } from './feed.ts';
import { ListFoot, ListState } from './list-foot.tsx';
import { NewRows } from './new-rows.tsx';
import { useBox } from './use-box.ts';
import { visibleRange } from './window.ts';

interface EventListProps {
  /** What is shown instead of the newest, while the reader reads. */
  readonly held: Signal<readonly LiveEvent[] | undefined>;
  readonly isPaused: ReadonlySignal<boolean>;
  readonly open: number | undefined;
  readonly choose: (seq: number) => void;
}

/** Below this width a row is two lines, as in the style sheet. */
const STACKED_WIDTH = 620;
const ROW_HEIGHT = 32;
const STACKED_ROW_HEIGHT = 60;

/** A list of any length of which only what is seen is in the page. One stop for Tab; arrow keys move in it. */
export function EventList({ held, isPaused, open, choose }: EventListProps) {
  const box = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const active = useSignal<number | undefined>(open);
  const { width, height } = useBox(box);
  const rowHeight = width < STACKED_WIDTH ? STACKED_ROW_HEIGHT : ROW_HEIGHT;
  const shown = useComputed(() => held.value ?? rows.value);
  const { first, end } = visibleRange(scrollTop.value, height, rowHeight, shown.value.length);

  const scrolled = (): void => {
    const top = box.current?.scrollTop ?? 0;
    scrollTop.value = top;
    if (top > 0) held.value ??= rows.peek();
    else if (!isPaused.peek()) held.value = undefined;
  };
  const toTop = (): void => {
    held.value = isPaused.peek() ? rows.peek() : undefined;
    box.current?.scrollTo({ top: 0 });
    box.current?.focus();
  };
  const move = (by: number): void => {
    const at = shown.peek().findIndex(({ seq }) => seq === (active.peek() ?? open));
    const to = shown.peek()[Math.max(0, Math.min(at + by, shown.peek().length - 1))];
    if (to === undefined) return;
    // A list that runs on would carry the marked row away.
    held.value ??= rows.peek();
    active.value = to.seq;
    if (open !== undefined) choose(to.seq);
    scrollTo(box.current, Math.max(0, Math.min(at + by, shown.peek().length - 1)), rowHeight);
  };
  useKeepOlder(held);
  const activeSeq = active.value ?? open;

  return (
    <div class="list-side">
      <ListHead />
      <ListState shown={shown.value} />
      <NewRows held={held} toTop={toTop} />
      <div
        ref={box}
        class={width < STACKED_WIDTH ? 'list list-stacked' : 'list'}
        role="listbox"
        tabIndex={0}
        aria-label="Events, the newest first"
        aria-busy={isAsking.value}
        aria-activedescendant={activeSeq === undefined ? undefined : rowId(activeSeq)}
        onScroll={scrolled}
        onKeyDown={(event) => onKey(event, move, () => activeSeq !== undefined && choose(activeSeq))}
      >
        <svg class="list-space" width="1" height={shown.value.length * rowHeight} aria-hidden="true" />
        {shown.value.slice(first, end).map((event, index) => (
          <EventRow
            key={event.seq}
            event={event}
            top={(first + index) * rowHeight}
            position={first + index + 1}
            count={shown.value.length}
            isOpen={event.seq === open}
            isActive={event.seq === activeSeq}
            choose={() => {
              active.value = event.seq;
              choose(event.seq);
            }}
          />
        ))}
      </div>
      <ListFoot shown={shown.value} askOlder={() => void askOlder()} />
    </div>
  );
}

/** Older events that are asked for while the list is held have to come into it. */
function useKeepOlder(held: Signal<readonly LiveEvent[] | undefined>): void {
  const oldest = rows.value.at(-1)?.seq;
  useEffect(() => {
    const newest = held.peek()?.[0]?.seq;
    if (newest !== undefined) held.value = rows.peek().filter(({ seq }) => seq <= newest);
  }, [oldest]);
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

function onKey(event: KeyboardEvent, move: (by: number) => void, open: () => void): void {
  const step = STEPS[event.key];
  if (step === undefined && event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  if (step === undefined) open();
  else move(step);
}

function scrollTo(box: HTMLElement | null, index: number, rowHeight: number): void {
  if (box === null) return;
  const top = index * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
}
