import { useComputed, useSignal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { LiveEvent } from '../../api.ts';
import { rows } from './feed.ts';
import { useBox } from './use-box.ts';
import { visibleRange } from './window.ts';

export interface ListOptions {
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

/** Which rows are shown, where, and which one the keys are on. */
export function useList(options: ListOptions) {
  const { held, open, choose } = options;
  const box = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const active = useSignal<number | undefined>(open);
  const { width, height } = useBox(box);
  const isStacked = width < STACKED_WIDTH;
  const rowHeight = isStacked ? STACKED_ROW_HEIGHT : ROW_HEIGHT;
  const shown = useComputed(() => held.value ?? rows.value).value;
  useHolding(options, box);
  useKeepOlder(held);
  const activeSeq = active.value ?? open;

  const move = (by: number): void => {
    const to = Math.max(0, Math.min(shown.findIndex(({ seq }) => seq === activeSeq) + by, shown.length - 1));
    const event = shown[to];
    if (event === undefined) return;
    // A list that runs on would carry the marked row away.
    held.value ??= rows.peek();
    active.value = event.seq;
    if (open !== undefined) choose(event.seq);
    scrollToRow(box.current, to, rowHeight);
  };
  const scrolled = (): void => {
    scrollTop.value = box.current?.scrollTop ?? 0;
    holdOrFollow(options, box.current);
  };
  const pick = (seq: number): void => {
    active.value = seq;
    choose(seq);
  };
  return { box, shown, isStacked, rowHeight, ...visibleRange(scrollTop.value, height, rowHeight, shown.length), activeSeq, move, scrolled, pick };
}

/** Only a list that stands at its top, with nothing open, follows what comes. */
function holdOrFollow({ held, isPaused, open }: ListOptions, box: HTMLElement | null): void {
  const isReading = open !== undefined || isPaused.peek() || (box?.scrollTop ?? 0) > 0;
  if (!isReading) held.value = undefined;
  else if (rows.peek().length > 0) held.value ??= rows.peek();
}

function useHolding(options: ListOptions, box: { readonly current: HTMLElement | null }): void {
  useEffect(() => holdOrFollow(options, box.current), [options.open]);
}

/** Older events that are asked for while the list is held have to come into it. */
function useKeepOlder(held: ListOptions['held']): void {
  const oldest = rows.value.at(-1)?.seq;
  useEffect(() => {
    const newest = held.peek()?.[0]?.seq;
    if (newest !== undefined) held.value = rows.peek().filter(({ seq }) => seq <= newest);
  }, [oldest]);
}

function scrollToRow(box: HTMLElement | null, index: number, rowHeight: number): void {
  if (box === null) return;
  const top = index * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
}
