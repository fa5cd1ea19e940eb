import { computed, signal } from '@preact/signals';

import { PATHS } from '../../api.ts';
import type { EventPage, LiveCounts, LiveEvent } from '../../api.ts';
import { ask, messageOfAsk } from '../api/ask.ts';
import { followStream } from '../api/stream.ts';
import type { Connection } from '../api/stream.ts';
import { NO_FILTER, matches, queryOf } from './filter.ts';
import type { LiveFilter } from './filter.ts';
import { MAX_ROWS, withRows } from './rows.ts';

export const counts = signal<LiveCounts | undefined>(undefined);
export const connection = signal<Connection>({ kind: 'connecting' });
/** Why nothing comes any more, until it does again; the tries between don't count. */
export const cutOff = signal('');
export const filter = signal<LiveFilter>(NO_FILTER);
/** What the filter lets through, the newest first. */
export const rows = signal<readonly LiveEvent[]>([]);
/** Whether the server keeps older ones that aren't here. */
export const hasOlder = signal(false);
export const isAsking = signal(true);
export const problem = signal('');

/** All reasons seen since the page was opened: what the filter offers. */
export const reasons = signal<readonly string[]>([]);
/** The last ones that came, whatever the filter: what is open looks here whether its event came back. */
export const lately = signal<readonly LiveEvent[]>([]);
/** Counts up when the page had to start over, as it missed too much. */
export const startsOver = signal(0);
export const targetIsSandbox = computed(() => counts.value?.target === 'sandbox');

const PAGE_EVENTS = 200;
/** At 500 events a second the list is laid out ten times a second, not with each message. */
const LAYOUT_MS = 100;
const TYPING_MS = 250;
/** Two seconds of them at 500 a second: longer than an answer takes that may have been made just before they came. */
const MAX_LATELY = 1_000;

let lastSeq = 0;
let arrivedEvents: LiveEvent[] = [];
let layoutTimer: ReturnType<typeof setTimeout> | undefined;
let typingTimer: ReturnType<typeof setTimeout> | undefined;
let questionNumber = 0;

/** Loads what there is, then follows what comes. Called once. */
export async function startFeed(): Promise<void> {
  await askNewest();
  await followStream({
    after: () => lastSeq,
    events: takeEvents,
    resync: startOver,
    counts: (now) => {
      counts.value = now;
    },
    connection: (now) => {
      connection.value = now;
      if (now.kind !== 'connecting') cutOff.value = now.kind === 'waiting' ? now.sentence : '';
    },
  });
}

/** Narrows what is here at once; what else the server has follows. */
export function setFilter(wanted: LiveFilter): void {
  filter.value = wanted;
  rows.value = rows.value.filter((event) => matches(wanted, event));
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => void askNewest(), TYPING_MS);
}

export async function askNewest(): Promise<void> {
  await askPage({});
}

export async function askOlder(): Promise<void> {
  const oldest = rows.value.at(-1)?.seq;
  if (rows.value.length < MAX_ROWS) await askPage(oldest === undefined ? {} : { before: oldest });
}

async function askPage(from: { readonly before?: number }): Promise<void> {
  questionNumber += 1;
  const asked = questionNumber;
  isAsking.value = true;
  try {
    const page = await ask<EventPage>(PATHS.events, { query: { limit: PAGE_EVENTS, ...queryOf(filter.value), ...from } });
    if (asked !== questionNumber) return;
    problem.value = '';
    hasOlder.value = page.hasMore;
    addRows(page.events);
  } catch (error) {
    if (asked === questionNumber) problem.value = messageOfAsk(error);
  } finally {
    if (asked === questionNumber) isAsking.value = false;
  }
}

function startOver(): void {
  arrivedEvents = [];
  rows.value = [];
  lately.value = [];
  startsOver.value += 1;
  lastSeq = 0;
  void askNewest();
}

function takeEvents(arrived: readonly LiveEvent[]): void {
  arrivedEvents.push(...arrived);
  // What a list of this length could never show isn't kept either, when the page sleeps in the background.
  if (arrivedEvents.length > 2 * MAX_ROWS) arrivedEvents = arrivedEvents.slice(-MAX_ROWS);
  layoutTimer ??= setTimeout(() => {
    layoutTimer = undefined;
    const batch = arrivedEvents;
    arrivedEvents = [];
    lately.value = [...lately.peek(), ...batch].slice(-MAX_LATELY);
    addRows(batch);
  }, LAYOUT_MS);
}

function addRows(arrived: readonly LiveEvent[]): void {
  lastSeq = arrived.reduce((last, { seq }) => Math.max(last, seq), lastSeq);
  noteReasons(arrived);
  const wanted = arrived.filter((event) => matches(filter.value, event));
  if (wanted.length > 0) rows.value = withRows(rows.value, wanted);
}

function noteReasons(arrived: readonly LiveEvent[]): void {
  const fresh = new Set(arrived.flatMap(({ reason }) => reason ?? [])).difference(new Set(reasons.value));
  if (fresh.size > 0) reasons.value = [...reasons.value, ...fresh].toSorted();
}
