import { ownMember } from '../../lambda/json-value.ts';
import type { InputEvent } from '../input/ledger-event.ts';
import { dayFrom } from '../reconcile/day.ts';

/** The moment as of which ages are judged: each event's own, or one for all, in epoch milliseconds. */
export type AsOf = 'own' | number;

/** The times of an event's journey to Segment, the latest first. Its `timestamp` is none: that one is what is judged. */
const OWN_TIMES = ['receivedAt', 'sentAt'] as const;
const ISO_MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/;
/** Of `2026-11-22` */
const DAY_CHARS = 10;

/** Undefined if the text is neither `now` nor an ISO date or date-time with its zone. */
export function parseAsOf(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  // Date.parse takes days that no calendar has.
  const moment = ISO_MOMENT.test(text) && dayFrom(text.slice(0, DAY_CHARS)) !== undefined ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

/** When an event would arrive at the bridge, or did; `now` stands in for an event that doesn't tell. */
export function momentOf({ value, acceptedAt }: Pick<InputEvent, 'value' | 'acceptedAt'>, asOf: AsOf, now: number): number {
  if (asOf !== 'own') return asOf;
  if (acceptedAt !== undefined) return acceptedAt;
  for (const name of OWN_TIMES) {
    const time = ownMember(value, name);
    const moment = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    if (!Number.isNaN(moment)) return moment;
  }
  return now;
}

/** The same for machines: `own`, or the moment as ISO text. */
export function asOfJson(asOf: AsOf): string {
  return asOf === 'own' ? asOf : new Date(asOf).toISOString();
}

/** How ages were judged, for people. */
export function asOfText(asOf: AsOf): string {
  if (asOf === 'own') return "Ages are judged as of each event's receivedAt, else its sentAt, else now (--as-of now: as if all arrived now).";
  return `Ages are judged as if all events arrived at ${asOfJson(asOf)}.`;
}
