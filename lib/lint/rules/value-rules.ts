import type { Token } from '@segment/fql-ts';

import { eachCondition, eachConditionOrCall } from '../each-condition.ts';
import { nearName } from '../near-name.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { SEGMENT_TYPES } from '../segment-fields.ts';
import { triggerSpot } from '../spot.ts';
import { hostedParts } from '../subject.ts';
import { isComparison } from '../trigger-reading.ts';
import type { TriggerCondition } from '../trigger-reading.ts';
import { inDoubleQuotes, unquoted } from '../trigger-text.ts';

/** Fields that are compared as text. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['type', 'event', 'name', 'userId']);
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** Rules on the values that a trigger compares with. */
export const VALUE_RULES = [
  {
    id: 'single-quotes',
    severity: 'error',
    canAcknowledge: true,
    title: 'Single quotes stay part of the value.',
    why: "`type = 'track'` compares with the text `'track'`, quotes and all: no event matches.",
    bad: [{ trigger: "type = 'track'" }],
    good: [{ trigger: 'type = "track"' }],
    check: eachConditionOrCall((part) => {
      const { value } = part.value;
      const corrected = inDoubleQuotes(unquoted(value));
      const suggestion = part.kind === 'call' ? `${part.isNegated ? '!' : ''}${part.name}(${part.field}, ${corrected})` : `${part.field} ${part.operator.value} ${corrected}`;
      return part.value.type === 'string' && value.startsWith("'") ? [triggerSpot(`The single quotes of ${value} are compared as part of the value.`, `Write ${suggestion}`)] : [];
    }),
  },
  {
    id: 'unknown-event-type',
    severity: 'error',
    canAcknowledge: true,
    title: '`type` is compared with something that is no type of Segment event.',
    why: 'The condition is never true, so the events are lost. Types are in lower case.',
    bad: [{ trigger: 'type = "Track"' }],
    good: [{ trigger: 'type = "track"' }],
    check: eachCondition(({ field, operator, value }) => {
      const type = unquoted(value.value);
      const isKnown = SEGMENT_TYPES.includes(type) || value.type === 'null' || value.value.startsWith("'");
      if (field !== 'type' || !['=', '!='].includes(operator.value) || !isComparison({ operator, value }) || isKnown) return [];
      const near = nearName(type, SEGMENT_TYPES, 2);
      return [triggerSpot(`No Segment event has the type ${JSON.stringify(type)}.`, near === undefined ? `Types are ${SEGMENT_TYPES.join(', ')}.` : `Write type ${operator.value} "${near}"`)];
    }),
  },
  {
    id: 'null-as-text',
    severity: 'error',
    canAcknowledge: true,
    title: '`type` and `event` are compared with the text "null".',
    why: 'They aren\'t tested for being there: `event = null` is never true, so the events are lost; `event != null` is true for every event, so it filters nothing.',
    bad: [{ trigger: 'type = "track" and event != null' }],
    good: [{ trigger: 'type = "track" and contains(event, "")' }],
    check: eachCondition(({ field, operator, value }) =>
      (field === 'type' || field === 'event') && value.type === 'null'
        ? [triggerSpot(`"${field} ${operator.value} null" compares with the text "null", and is ${operator.value === '!=' ? 'always' : 'never'} true.`, nullHint(field, operator.value))]
        : [],
    ),
  },
  {
    id: 'not-equal-boolean',
    severity: 'error',
    canAcknowledge: true,
    title: '`!= true` and `!= false` are true for every boolean.',
    why: 'They compare with a text, and a boolean is no text: the events that were to be left out are billed. `= false` alone would lose the events that don\'t have the property.',
    bad: [{ trigger: 'type = "track" and properties.is_test != true' }],
    good: [{ trigger: 'type = "track" and (properties.is_test = false or properties.is_test = null)' }],
    check: eachMapping((subject) =>
      hostedParts(subject).flatMap((part) => {
        if (part.kind !== 'condition' || TEXT_FIELDS.has(part.field) || part.operator.value !== '!=' || !isBoolean(part.value)) return [];
        const isInGroup = !subject.trigger.hosted.includes(part);
        return [triggerSpot(`"${part.field} != ${part.value.value}" is true for every boolean.`, otherBooleanHint(part, isInGroup))];
      }),
    ),
  },
  {
    id: 'boolean-as-text',
    severity: 'error',
    canAcknowledge: true,
    title: '`true`, `false` and `null` count in lower case only.',
    why: 'Other spellings are texts: `properties.paid = TRUE` matches the text "TRUE" and never a boolean.',
    bad: [{ trigger: 'type = "track" and properties.paid = TRUE' }],
    good: [{ trigger: 'type = "track" and properties.paid = true' }],
    check: eachCondition(({ field, operator, value }) => {
      const literal = value.value.toLowerCase();
      const isText = value.type === 'ident' && LITERALS.has(literal) && value.value !== literal;
      return isText ? [triggerSpot(`${value.value} is compared as a text.`, `Write ${field} ${operator.value} ${literal}`)] : [];
    }),
  },
  {
    id: 'user-id-boolean',
    severity: 'error',
    canAcknowledge: true,
    title: '`userId` is compared with true or false.',
    why: 'A user id is text: the condition is never true, so the events are lost.',
    bad: [{ trigger: 'type = "track" and userId = true' }],
    good: [{ trigger: 'type = "track" and userId != null' }],
    check: eachCondition(({ field, operator, value }) =>
      field === 'userId' && operator.value === '=' && isBoolean(value)
        ? [triggerSpot(`A user id is text, so "userId = ${value.value}" is never true.`, value.value === 'true' ? 'Write userId != null' : 'Write userId = null')]
        : [],
    ),
  },
] as const satisfies readonly Rule[];

function isBoolean({ type, value }: Token): boolean {
  return type === 'ident' && (value === 'true' || value === 'false');
}

/** Events without the property were meant too: they aren't what `!=` names. */
function otherBooleanHint({ field, value }: TriggerCondition, isInGroup: boolean): string {
  const either = `${field} = ${value.value === 'true' ? 'false' : 'true'} or ${field} = null`;
  return isInGroup ? `Write ${either}, in parentheses of its own: none can stand inside others, so it may take two mappings.` : `Write (${either})`;
}

function nullHint(field: string, operator: string): string {
  if (field !== 'event') return 'Name the type, as in type = "track".';
  return operator === '!=' ? 'Write contains(event, "") for events that have a name, or type = "track".' : 'Name the type of the events that have no name, as in type = "page".';
}
