import { constantOf } from '../constants.ts';
import { outcomesOf, partsOfField, textDirectives } from '../field-parts.ts';
import { idSources } from '../id-sources.ts';
import type { IdSource } from '../id-sources.ts';
import { idTextOf } from '../id-text.ts';
import { ifDirective } from '../if-directive.ts';
import { differsEachTime } from '../liquid-text.ts';
import { isMeantAsDirective } from '../meant-directive.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { TIME_PATHS } from '../segment-fields.ts';
import { isMaybeShared, isShared } from '../shared-paths.ts';
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
    why: 'Metronome keeps the first event with an id and ignores the others for 34 days: a user\'s or a customer\'s second event, or the second one of a day, isn\'t billed.',
    bad: [{ mapping: { transaction_id: { '@liquid': '{{ userId }}-{{ timestamp | date: "%Y-%m-%d" }}' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{userId}}-{{messageId}}' } } }],
    check: eachId((value) => {
      const sources = idSources(value);
      const isTimeAlone = sources.length === 1 && isTime(sources[0]);
      return isTimeAlone || isMadeOf(sources, isSharedSource) ? [[`Many events share the same ${pathsOf(sources)}, and Metronome keeps only the first event with an id.`, MESSAGE_ID]] : [];
    }),
  },
  {
    id: 'maybe-shared-transaction-id',
    severity: 'warning',
    canAcknowledge: true,
    title: '`transaction_id` is made of what only sometimes is an event\'s own.',
    why: 'A session, a device, a subscription or a product has many events as a rule, and a second can hold several. Metronome keeps the first event with an id.',
    bad: [{ mapping: { transaction_id: { '@path': '$.properties.session_id' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{properties.session_id}}-{{messageId}}' } } }],
    check: eachId((value) => {
      const sources = idSources(value);
      const isDoubtful = isMadeOf(sources, (source) => isSharedSource(source) || isMaybeShared(source.path) || source.leaves === 'seconds');
      const isFoundAlready = isMadeOf(sources, isSharedSource) || (sources.length === 1 && isTime(sources[0]));
      return isDoubtful && !isFoundAlready ? [[`More than one event may have the same ${pathsOf(sources)}, and Metronome keeps only the first with an id.`, `Add {{messageId}}. Where there is one event of each, acknowledge it.`]] : [];
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
    good: [{ mapping: { transaction_id: ifDirective('exists', { '@path': '$.properties.order_id' }, { '@template': 'order-{{properties.order_id}}' }, { '@path': '$.messageId' }) } }],
    check: eachId((value, present) => {
      const text = idTextOf(value);
      const own = text?.paths.filter((path) => !isShared(path)) ?? [];
      const isCertain = own.length === 0 || own.some((path) => path === 'messageId' || TIME_PATHS.includes(path) || present.includes(path) || path.startsWith('$'));
      return isCertain || text?.leavesText !== true ? [] : [[`Events without ${own.join(' and ')} all get the same transaction_id.`, 'Add {{messageId}}, or take an @if that gives nothing when it is missing.']];
    }),
  },
] as const satisfies readonly Rule[];

function eachId(check: (value: unknown, present: readonly string[]) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => {
    const { fields } = subject;
    const outcomes = fields === undefined || !Object.hasOwn(fields, FIELD) ? [] : outcomesOf(fields[FIELD], [FIELD]);
    return outcomes.flatMap(({ value, keys, present }) => check(value, present).map((advice) => spotAt(subject, keys, advice)));
  });
}

function isMadeOf(sources: readonly IdSource[], test: (source: IdSource) => boolean): boolean {
  return sources.length > 0 && sources.every(test);
}

function isSharedSource({ path, leaves }: IdSource): boolean {
  return isShared(path) || leaves === 'little';
}

function isTime(source: IdSource | undefined): boolean {
  return source !== undefined && TIME_PATHS.includes(source.path);
}

function pathsOf(sources: readonly IdSource[]): string {
  return [...new Set(sources.map(({ path, leaves }) => (leaves === 'all' ? path : `part of ${path}`)))].join(' and ');
}
