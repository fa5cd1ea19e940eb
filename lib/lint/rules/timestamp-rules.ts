import { constantOf, refusalOf } from '../constants.ts';
import { outcomesOf, partsOfField, pathsIn, textDirectives } from '../field-parts.ts';
import { dependsOnTheClock } from '../liquid-text.ts';
import { isMeantAsDirective } from '../meant-directive.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { spotAt } from '../spot.ts';
import type { Advice, OwnSpot } from '../spot.ts';
import type { Subject } from '../subject.ts';

const FIELD = 'timestamp';
/** In milliseconds that is March 1973; in seconds, far in the future. */
const SMALLEST_MILLISECONDS = 1e11;
const SECONDS_NAME = /(?:[_-]s|[_-]secs?|[_-]?seconds|[_-]?epoch|unix(?:[_-]?time(?:stamp)?)?)$/i;
const USE_EVENT_TIME = 'Write {"@path": "$.timestamp"}, the time the event happened.';

/** Rules on timestamp. */
export const TIMESTAMP_RULES = [
  {
    id: 'constant-timestamp',
    severity: 'error',
    canAcknowledge: true,
    title: '`timestamp` is the same for every event.',
    why: 'All events are billed at that moment. Without a zone it is read as UTC, and after 34 days Metronome takes none of them.',
    bad: [{ mapping: { timestamp: '2026-01-02 03:04:05' } }],
    good: [{ mapping: { timestamp: { '@path': '$.timestamp' } } }],
    check: eachConstant((value) => (isSecondsText(value) ? [] : [['timestamp is the same for every event.', USE_EVENT_TIME]])),
  },
  {
    id: 'epoch-seconds',
    severity: 'error',
    canAcknowledge: true,
    title: '`timestamp` is in seconds since 1970.',
    why: 'Numbers are read as milliseconds, so seconds become January 1970. Digits as text are read as a calendar date, in the 18th century. The bridge quarantines both with `timestamp_too_old`.',
    bad: [{ mapping: { timestamp: { '@liquid': '{{ timestamp | date: "%s" }}' } } }],
    good: [{ mapping: { timestamp: { '@liquid': '{{ timestamp | date: "%Y-%m-%dT%H:%M:%SZ" }}' } } }],
    check: eachMapping((subject) => [...secondsTemplates(subject), ...secondsConstants(subject)]),
  },
  {
    id: 'timestamp-maybe-seconds',
    severity: 'warning',
    canAcknowledge: true,
    title: 'The name of `timestamp`\'s source speaks of seconds.',
    why: 'Numbers are read as milliseconds, so seconds become January 1970, and the event is refused as too old.',
    bad: [{ mapping: { timestamp: { '@path': '$.properties.created_epoch' } } }],
    good: [{ mapping: { timestamp: { '@liquid': '{{ properties.created_epoch | date: "%Y-%m-%dT%H:%M:%SZ" }}' } } }],
    check: eachMapping((subject) =>
      pathsIn(partsOfField(subject, FIELD))
        // Liquid's filter date takes seconds.
        .filter(({ keys, syntax }) => syntax !== 'liquid' && SECONDS_NAME.test(keys.at(-1) ?? ''))
        .map(({ path, place }) => spotAt(subject, place.keys, [`${path} sounds like seconds since 1970, and numbers are read as milliseconds.`, 'Send milliseconds or ISO text, such as 2026-01-02T03:04:05Z.'])),
    ),
  },
  {
    id: 'timestamp-from-clock',
    severity: 'error',
    canAcknowledge: true,
    title: '`timestamp` is the current time.',
    why: 'It is when the event is mapped, not when it happened: after an outage it lands on the wrong day, or on the next invoice.',
    bad: [{ mapping: { timestamp: { '@liquid': '{{ "now" | date: "%Y-%m-%dT%H:%M:%SZ" }}' } } }],
    good: [{ mapping: { timestamp: { '@path': '$.timestamp' } } }],
    check: eachMapping((subject) =>
      textDirectives(partsOfField(subject, FIELD), '@liquid')
        .filter(({ text }) => dependsOnTheClock(text))
        .map(({ place }) => spotAt(subject, place.keys, ['timestamp is when the event is mapped, not when it happened.', USE_EVENT_TIME])),
    ),
  },
] as const satisfies readonly Rule[];

function eachConstant(check: (value: unknown) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => constantsOf(subject).flatMap(({ value, keys }) => check(value).map((advice) => spotAt(subject, keys, advice))));
}

/** Fixed timestamps that can be sent at all. */
function constantsOf({ fields }: Subject): readonly { readonly value: unknown; readonly keys: readonly string[] }[] {
  if (fields === undefined || !Object.hasOwn(fields, FIELD)) return [];
  return outcomesOf(fields[FIELD], [FIELD]).flatMap(({ value, keys }) => {
    const constant = constantOf(value);
    return constant === undefined || isMeantAsDirective(value) || refusalOf(FIELD, constant.value) !== undefined ? [] : [{ value: constant.value, keys }];
  });
}

function isSecondsText(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) < SMALLEST_MILLISECONDS;
  return typeof value === 'string' && /^\d{9,11}$/.test(value);
}

function secondsConstants(subject: Subject): readonly OwnSpot[] {
  return constantsOf(subject)
    .filter(({ value }) => isSecondsText(value))
    .map(({ keys }) => spotAt(subject, keys, ['timestamp is in seconds since 1970, which isn\'t read as such.', USE_EVENT_TIME]));
}

function secondsTemplates(subject: Subject): readonly OwnSpot[] {
  return textDirectives(partsOfField(subject, FIELD), '@liquid')
    .filter(({ text }) => text.includes('%s') && !dependsOnTheClock(text))
    .map(({ place }) => spotAt(subject, place.keys, ['The template prints seconds since 1970, which are read as a calendar date.', 'Print "%Y-%m-%dT%H:%M:%SZ" instead.']));
}
