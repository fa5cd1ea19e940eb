import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { PATHS } from '../../api.ts';
import type { EventDetail, LiveEvent } from '../../api.ts';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/asked.ts';
import { lately, startsOver } from './feed.ts';
import { isLastAmong, lastRun, newestRun, rootOf } from './same-event.ts';

/** Which run is shown instead of the opened one. */
interface Chosen {
  readonly opened: number;
  readonly seq: number;
  /** The last one that the reader chose, if the page went on from there by itself. */
  readonly byHand: number | undefined;
}

export interface OpenDetail {
  /** The last one that was answered stays until the next one is. */
  readonly detail: EventDetail | undefined;
  readonly problem: string;
  readonly again: () => void;
  /** Shows another run of the event. */
  readonly choose: (seq: number) => void;
  /** The run that the reader chose, if it isn't the opened one. */
  readonly byHand: number | undefined;
  /** The last run, if the page went on to it by itself. */
  readonly wentOnTo: LiveEvent | undefined;
}

/** An event that is open, kept up to date: whoever looks at its last run sees the next one as soon as it has one. */
export function useDetail(opened: number): OpenDetail {
  const choice = useSignal<Chosen | undefined>(undefined);
  const chosen = choice.value?.opened === opened ? choice.value : undefined;
  const seq = chosen?.seq ?? opened;
  const [asked, again] = useAsked((signal) => ask<EventDetail>(PATHS.event, { query: { seq }, signal }), [seq, startsOver.value]);
  const state = asked.value;
  const answer = state.kind === 'answered' && state.answer.event.seq === seq ? state.answer : undefined;
  const detail = useKept(opened, answer);
  useNews(answer, again);
  useGoingOn(opened, answer, (next) => {
    choice.value = { opened, seq: next, byHand: chosen?.byHand };
  });
  return {
    detail,
    problem: state.kind === 'failed' ? state.sentence : '',
    again,
    choose: (next) => {
      choice.value = { opened, seq: next, byHand: next };
    },
    byHand: chosen?.byHand,
    wentOnTo: chosen !== undefined && chosen.byHand !== seq && detail?.event.seq === seq ? detail.event : undefined,
  };
}

function useKept(opened: number, answer: EventDetail | undefined): EventDetail | undefined {
  const kept = useRef<{ readonly opened: number; readonly detail: EventDetail }>(undefined);
  if (answer !== undefined) kept.current = { opened, detail: answer };
  return kept.current?.opened === opened ? kept.current.detail : undefined;
}

/** Asks again once the stream tells of a run that the answer doesn't know; once for each, whatever comes of it. */
function useNews(answer: EventDetail | undefined, again: () => void): void {
  const root = useSignal<string | undefined>(undefined);
  const newest = useComputed(() => newestRun(lately.value, root.value)).value;
  const askedFor = useRef(0);
  useEffect(() => {
    if (answer === undefined) return;
    root.value = rootOf(answer.event);
    if (newest <= lastRun(answer).seq || newest === askedFor.current) return;
    askedFor.current = newest;
    again();
  }, [answer, newest]);
}

/** Goes on to a new run only from what was the last one when the reader came to it: an older run was chosen to be read. */
function useGoingOn(opened: number, answer: EventDetail | undefined, goOn: (seq: number) => void): void {
  const seenAsLast = useRef<number>(undefined);
  useEffect(() => {
    // The next run may come before the first answer does.
    if (isLastAmong(lately.peek(), opened)) seenAsLast.current = opened;
  }, [opened]);
  useEffect(() => {
    if (answer === undefined) return;
    const { seq } = answer.event;
    const last = lastRun(answer);
    if (last.seq !== seq && seenAsLast.current === seq) goOn(last.seq);
    if (last.seq === seq) seenAsLast.current = seq;
  }, [answer]);
}
