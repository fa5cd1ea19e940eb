import { isObject } from '../../../lambda/json-value.ts';
import { splitPath } from '../../../lambda/mapping/path.ts';
import { readTemplate } from '../placeholders.ts';
import type { LintedFile, Rule } from '../rule.ts';
import type { OwnSpot, Spot } from '../spot.ts';
import type { ReadTrigger, Subject } from '../subject.ts';
import { isContradiction } from '../trigger-alternatives.ts';
import type { Conjunction } from '../trigger-alternatives.ts';

/** Rules between the mappings of a file. */
export const BETWEEN_RULES = [
  {
    id: 'same-transaction-id',
    severity: 'error',
    canAcknowledge: true,
    title: 'Two mappings can match one event, and give both usage events the same `transaction_id`.',
    why: 'Hosted sends both, and Metronome keeps whichever comes first. The bridge sends neither, and quarantines the event with `duplicate_transaction_id`.',
    bad: [{ trigger: 'type = "track"' }, { trigger: 'event = "Order Paid"', mapping: { event_type: 'order_paid' } }],
    good: [{ trigger: 'type = "track"' }, { trigger: 'event = "Order Paid"', mapping: { transaction_id: { '@template': '{{messageId}}-paid' }, event_type: 'order_paid' } }],
    check: (file) => eachLater(file, (subject, earlier) => (isRepeat(subject, earlier) || !sameId(subject, earlier) || !canBothMatch(subject.trigger, earlier.trigger) ? undefined : sameIdText(earlier))),
  },
  {
    id: 'repeated-mapping',
    severity: 'error',
    canAcknowledge: true,
    title: 'A mapping is in the file twice.',
    why: 'Hosted sends each event twice. The bridge quarantines both with `duplicate_transaction_id`.',
    bad: [{}, {}],
    good: [{}, { enabled: false }],
    check: (file) =>
      eachLater(file, (subject, earlier) =>
        isRepeat(subject, earlier)
          ? { path: 'trigger', message: `The trigger and the mapping are those of ${JSON.stringify(earlier.definition.name)}.`, suggestion: 'Remove one, or set "enabled" to false.' }
          : undefined,
      ),
  },
  {
    id: 'no-enabled-mapping',
    severity: 'error',
    canAcknowledge: false,
    title: 'No mapping is enabled.',
    why: 'No event is billed: each is filtered, and is gone when the archive expires. To hold events back, set `paused`: they then wait in the queue.',
    bad: [{ enabled: false }],
    good: [{ enabled: true }],
    check: ({ mappings, subjects }) =>
      subjects.length > 0 || mappings.length === 0 ? [] : [{ mapping: 0, path: 'enabled', message: 'No mapping is enabled, so no event is billed.', suggestion: 'Enable one. To hold events back, set "paused" in the settings.' }],
  },
] as const satisfies readonly Rule[];

/** The first earlier mapping that a later one collides with. */
function eachLater({ subjects }: LintedFile, check: (subject: Subject, earlier: Subject) => OwnSpot | undefined): readonly Spot[] {
  return subjects.flatMap((subject, at) => {
    const spot = subjects.slice(0, at).map((earlier) => check(subject, earlier)).find((found) => found !== undefined);
    return spot === undefined ? [] : [{ ...spot, mapping: subject.index }];
  });
}

function sameIdText({ definition }: Subject): OwnSpot {
  return {
    path: 'mapping.transaction_id',
    message: `An event can match ${JSON.stringify(definition.name)} too, and both give the same transaction_id, so neither is sent.`,
    suggestion: 'Add a word to one, as in {"@template": "{{messageId}}-paid"}, or let the triggers exclude each other, as type = "track" and type = "page" do.',
  };
}

function isRepeat(one: Subject, other: Subject): boolean {
  const written = ({ trigger, definition }: Subject) => JSON.stringify([trigger.tokens.length === 0 ? trigger.text : trigger.tokens, sorted(definition.mapping)]);
  return written(one) === written(other);
}

function sameId(one: Subject, other: Subject): boolean {
  if (one.fields === undefined || other.fields === undefined) return false;
  const [id, otherId] = [one.fields['transaction_id'], other.fields['transaction_id']];
  return id !== undefined && JSON.stringify(normalised(id)) === JSON.stringify(normalised(otherId));
}

/** Only triggers that prove it exclude each other. */
function canBothMatch(one: ReadTrigger, other: ReadTrigger): boolean {
  if (one.problem !== undefined || other.problem !== undefined) return false;
  if (one.alternatives === undefined || other.alternatives === undefined) return true;
  const { alternatives } = other;
  return one.alternatives.some((left) => alternatives.some((right) => !isContradiction([...withType(left), ...withType(right)])));
}

/** Of Segment's calls only track carries `event`: https://segment.com/docs/connections/spec/track/ */
function withType(conditions: Conjunction): Conjunction {
  const isOfTrack = conditions.some(({ type, operator }) => type === 'event' && operator === '=');
  return isOfTrack && !conditions.some(({ type }) => type === 'event-type') ? [...conditions, { type: 'event-type', operator: '=', value: 'track' }] : conditions;
}

/** `$.messageId`, `messageId` and a template of nothing but `{{messageId}}` are one and the same. */
function normalised(id: unknown): unknown {
  if (!isObject(id)) return id;
  const { '@path': path, '@template': template } = id;
  if (typeof path === 'string') return { '@path': splitPath(path) };
  const { paths, rest } = readTemplate(typeof template === 'string' ? template : '');
  const [only] = paths;
  return paths.length === 1 && rest === '' && only !== undefined ? { '@path': splitPath(only) } : sorted(id);
}

/** With the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.entries(value).map(([key, member]) => [key, sorted(member)]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
