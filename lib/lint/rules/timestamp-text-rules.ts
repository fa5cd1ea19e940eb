import { partsOfField, pathsIn, textDirectives } from '../field-parts.ts';
import type { WrittenPath } from '../field-parts.ts';
import { dependsOnTheClock, outputsOf } from '../liquid-text.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { TIME_PATHS } from '../segment-fields.ts';
import { spotAt } from '../spot.ts';
import type { Subject } from '../subject.ts';
import { misreading } from '../timestamp-format.ts';

const FIELD = 'timestamp';
const ARITHMETIC = /\|\s*(?:times|divided_by|plus|minus|floor|ceil|round)\b/;

/** Rules on a timestamp that is printed as text. */
export const TIMESTAMP_TEXT_RULES = [
  {
    id: 'timestamp-as-text',
    severity: 'warning',
    canAcknowledge: true,
    title: '`timestamp` is printed by a template.',
    why: 'A number comes out of it as digits, and digits as text are read as a calendar date: 1767323045123 becomes one in the 18th century. So does what liquid computes, unless its filter `date` prints it.',
    bad: [{ mapping: { timestamp: { '@template': '{{properties.occurred}}' } } }],
    good: [{ mapping: { timestamp: { '@path': '$.properties.occurred' } } }],
    check: eachMapping((subject) => [
      ...printedPaths(subject)
        .filter(({ path }) => !TIME_PATHS.includes(path) && !path.startsWith('$'))
        .map(({ path, place }) => spotAt(subject, place.keys, [`If ${path} is a number, the template makes text of it, which is read as a calendar date.`, `Write {"@path": "$.${path}"}`])),
      ...textDirectives(partsOfField(subject, FIELD), '@liquid')
        .filter(({ text }) => ARITHMETIC.test(text) && !/\bdate\b/.test(text))
        .map(({ place }) => spotAt(subject, place.keys, ['What liquid computes comes out as digits, which are read as a calendar date.', 'Print a date: {"@liquid": "{{ properties.ts | date: \'%Y-%m-%dT%H:%M:%SZ\' }}"} takes seconds.'])),
    ]),
  },
  {
    id: 'timestamp-format',
    severity: 'error',
    canAcknowledge: true,
    title: 'Liquid prints `timestamp` in a format that is read as another time, or as none.',
    why: 'With the day before the month, 2 January is billed as 1 February. `%I` is the hour of twelve, so an afternoon becomes a morning. Words such as `YYYY-MM-DD`, and `date` without a format, are no dates: every event fails.',
    bad: [{ mapping: { timestamp: { '@liquid': '{{ timestamp | date: "%d/%m/%Y" }}' } } }],
    good: [{ mapping: { timestamp: { '@liquid': '{{ timestamp | date: "%Y-%m-%d" }}' } } }],
    check: eachMapping((subject) =>
      textDirectives(partsOfField(subject, FIELD), '@liquid').flatMap(({ text, place }) => {
        const found = text.includes('%s') || dependsOnTheClock(text) ? undefined : misreading(text);
        if (found === undefined) return [];
        const reading = found.read === undefined ? 'is no date' : `is read as ${found.read}`;
        return [spotAt(subject, place.keys, [`Of ${found.moment} the template prints ${JSON.stringify(found.printed)}, which ${reading}.`, 'Print "%Y-%m-%dT%H:%M:%SZ".'])];
      }),
    ),
  },
] as const satisfies readonly Rule[];

/** What a template prints of the event, unless Liquid's filter date or a computation makes something else of it. */
function printedPaths(subject: Subject): readonly Pick<WrittenPath, 'path' | 'place'>[] {
  const parts = partsOfField(subject, FIELD);
  const printed = textDirectives(parts, '@liquid').flatMap(({ text, place }) =>
    outputsOf(text)
      .filter(({ filters }) => !filters.some(({ name }) => name.startsWith('date')) && !ARITHMETIC.test(text))
      .flatMap(({ variables }) => variables.map((keys) => ({ path: keys.join('.'), place }))),
  );
  return [...pathsIn(parts).filter(({ syntax }) => syntax === 'template'), ...printed];
}
