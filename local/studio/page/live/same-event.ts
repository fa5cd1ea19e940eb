import type { EventDetail, LiveEvent } from '../../api.ts';

/** The message under which an event was accepted: all its runs have the same. */
export function rootOf({ replayOf, sqsMessageId }: Pick<LiveEvent, 'replayOf' | 'sqsMessageId'>): string {
  return replayOf ?? sqsMessageId;
}

/** Of the runs that the answer knows. */
export function lastRun({ event, runs }: Pick<EventDetail, 'event' | 'runs'>): LiveEvent {
  return runs.at(-1) ?? event;
}

/** Whether a run is the last of its event as far as some tell; not if it isn't among them. */
export function isLastAmong(some: readonly LiveEvent[], seq: number): boolean {
  const event = some.find((one) => one.seq === seq);
  return event !== undefined && newestRun(some, rootOf(event)) === seq;
}

/** The seq of the event's newest run among some; 0 if it has none there. */
export function newestRun(some: readonly LiveEvent[], root: string | undefined): number {
  return some.reduce((newest, event) => (rootOf(event) === root ? Math.max(newest, event.seq) : newest), 0);
}
