import { splitPath } from '../../../lambda/mapping/path.ts';
import { constantOf } from '../constants.ts';
import { outcomesOf, partsOfField, pathsIn, textDirectives } from '../field-parts.ts';
import { dependsOnTheClock, variablesOf } from '../liquid-text.ts';
import { mappingParts } from '../mapping-parts.ts';
import { isMeantAsDirective } from '../meant-directive.ts';
import { readTemplate } from '../placeholders.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { SHARED_PATHS, TIME_PATHS } from '../segment-fields.ts';
import { spotAt } from '../spot.ts';
import type { Advice } from '../spot.ts';

const FIELD = 'transaction_id';
const MESSAGE_ID = 'Write {"@path": "$.messageId"}, which is the event\'s own and stays the same when Segment sends it again.';

/** Rules on transaction_id: the same for one event however often it comes, and another for each event. */
export const ID_RULES = [
  {
    id: 'constant-transaction-id',
    severity: 'error',
    canAcknowledge: true,
    title: '`transaction_id` is the same for every event.',
    why: 'Metronome keeps the first event with an id and ignores every other for 34 days, with a good answer: all revenue but one event\'s is lost.',
    bad: [{ mapping: { transaction_id: 'order' } }],
    good: [{ mapping: { transaction_id: { '@path': '$.messageId' } } }],
    check: eachId((value) => {
      const constant = constantOf(value);
      const isSent = constant !== undefined && constant.value !== undefined && constant.value !== null && constant.value !== '' && typeof constant.value !== 'object';
      return isSent && !isMeantAsDirective(value) ? [['transaction_id is the same for every event, and Metronome keeps only the first.', MESSAGE_ID]] : [];
    }),
  },
  {
    id: 'shared-transaction-id',
    severity: 'error',
    canAcknowledge: true,
    title: '`transaction_id` is made of what many events share.',
    why: 'Metronome keeps the first event with an id and ignores the others for 34 days: a user\'s or a customer\'s second event isn\'t billed.',
    bad: [{ mapping: { transaction_id: { '@path': '$.userId' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{userId}}-{{messageId}}' } } }],
    check: eachId((value) => {
      const paths = idPaths(value);
      const isTimeAlone = paths.length === 1 && TIME_PATHS.includes(paths[0] ?? '');
      const isShared = paths.length > 0 && (isTimeAlone || paths.every((path) => SHARED_PATHS.includes(path)));
      return isShared ? [[`Many events share the same ${paths.join(' and ')}, and Metronome keeps only the first event with an id.`, MESSAGE_ID]] : [];
    }),
  },
  {
    id: 'id-differs-each-time',
    severity: 'error',
    canAcknowledge: true,
    title: '`transaction_id` is made of the current time, or by chance.',
    why: 'An event that comes again, because an answer was lost, gets another id and is billed again.',
    bad: [{ mapping: { transaction_id: { '@liquid': '{{ userId }}-{{ "now" | date: "%s" }}' } } }],
    good: [{ mapping: { transaction_id: { '@liquid': '{{ userId }}-{{ messageId }}' } } }],
    check: eachMapping((subject) =>
      textDirectives(partsOfField(subject, FIELD), '@liquid')
        .filter(({ text }) => differsEachTime(text))
        .map(({ place }) => spotAt(subject, place.keys, ['transaction_id is another each time the same event comes.', MESSAGE_ID])),
    ),
  },
  {
    id: 'id-part-may-be-missing',
    severity: 'warning',
    canAcknowledge: true,
    title: '`transaction_id` is a template whose own parts can be missing.',
    why: 'What is missing prints as nothing: all events without it get the same id, and Metronome keeps only the first.',
    bad: [{ mapping: { transaction_id: { '@template': 'order-{{properties.order_id}}' } } }],
    good: [{ mapping: { transaction_id: { '@template': 'order-{{messageId}}' } } }],
    check: eachId((value) => {
      const own = templatePaths(value).filter((path) => !SHARED_PATHS.includes(path));
      const isCertain = own.length === 0 || own.includes('messageId') || own.some((path) => TIME_PATHS.includes(path)) || own.some((path) => path.startsWith('$'));
      return isCertain || !leavesText(value) ? [] : [[`Events without ${own.join(' and ')} all get the same transaction_id.`, 'Add {{messageId}}, or take an @if that gives nothing when it is missing.']];
    }),
  },
] as const satisfies readonly Rule[];

function eachId(check: (value: unknown) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => {
    const { fields } = subject;
    const outcomes = fields === undefined || !Object.hasOwn(fields, FIELD) ? [] : outcomesOf(fields[FIELD], [FIELD]);
    return outcomes.flatMap(({ value, keys }) => check(value).map((advice) => spotAt(subject, keys, advice)));
  });
}

/** The event's fields that an id is made of, as `context.groupId`; none when that can't be told. */
function idPaths(value: unknown): readonly string[] {
  const parts = mappingParts(value);
  const written = pathsIn(parts);
  const variables = textDirectives(parts, '@liquid').map(({ text }) => variablesOf(text));
  const isUnclear = variables.includes(undefined) || textDirectives(parts, '@liquid').some(({ text }) => differsEachTime(text));
  if (isUnclear || written.some(({ place }) => !place.readsEvent)) return [];
  const paths = written.map(({ path, isTemplate }) => (isTemplate ? path : splitPath(path).join('.')));
  return [...new Set([...paths, ...variables.flatMap((names) => names ?? [])])];
}

function differsEachTime(liquid: string): boolean {
  return dependsOnTheClock(liquid) || /\|\s*sample\b/.test(liquid);
}

/** Only of a template that is the whole id: inside another directive, missing parts can be handled. */
function templatePaths(value: unknown): readonly string[] {
  const template = templateOf(value);
  return template === undefined ? [] : readTemplate(template).paths;
}

/** True when a text remains although every part is missing that can be: empty text isn't sent. */
function leavesText(value: unknown): boolean {
  const { paths, rest } = readTemplate(templateOf(value) ?? '');
  return rest !== '' || paths.some((path) => SHARED_PATHS.includes(path));
}

function templateOf(value: unknown): string | undefined {
  const [part] = mappingParts(value);
  return part?.kind === 'directive' && part.name === '@template' && typeof part.argument === 'string' ? part.argument : undefined;
}
