import type { Token } from '@segment/fql-ts';

import { eachCall, eachConditionOrCall } from '../each-condition.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { triggerSpot } from '../spot.ts';
import { hostedParts } from '../subject.ts';
import { COMPARISONS, isCallField, isComparison, isValue } from '../trigger-reading.ts';
import { unquoted } from '../trigger-text.ts';

/** Fields whose value is text, never an object. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['type', 'event', 'name', 'userId']);

/** Rules on the field, the operator and the function of a trigger's conditions. */
export const CONDITION_RULES = [
  {
    id: 'not-a-comparison',
    severity: 'error',
    canAcknowledge: true,
    title: 'A field is followed by something that is no comparison.',
    why: 'The two words after a field are taken as operator and value, whatever they are. An unknown operator is never true, and `==` compares with the text `=`: the events are lost.',
    bad: [{ trigger: 'type == "track"' }],
    good: [{ trigger: 'type = "track"' }],
    check: eachMapping((subject) =>
      hostedParts(subject).flatMap((part) => {
        if (part.kind !== 'condition' || isComparison(part)) return [];
        const { field, operator, value } = part;
        return [triggerSpot(`"${field} ${writtenAs(operator, value)}" is no comparison, so it is never true.`, comparisonHint(field, operator, valueAfter(subject.trigger.tokens, operator)))];
      }),
    ),
  },
  {
    id: 'whole-object-field',
    severity: 'error',
    canAcknowledge: true,
    title: '`properties`, `traits` and `context` need a key after them, and the other fields take none.',
    why: 'A bare `properties` is looked up as a key of that name inside the properties, and of `event.name` only `event` counts.',
    bad: [{ trigger: 'type = "track" and properties != null' }],
    good: [{ trigger: 'type = "track" and properties.total != null' }],
    check: eachConditionOrCall(({ field }) => {
      const [root = '', ...keys] = field.split('.');
      if (['properties', 'traits', 'context'].includes(field)) return [triggerSpot(`${field} by itself is looked up as a key inside the ${field}.`, `Name a key, as in ${field}.plan`)];
      return PLAIN_FIELDS.has(root) && keys.length > 0 ? [triggerSpot(`Of ${field} only ${root} counts.`, `Write ${root}, or properties.${keys.join('.')}`)] : [];
    }),
  },
  {
    id: 'call-skipped',
    severity: 'error',
    canAcknowledge: true,
    title: '`contains` and `match` on another field are dropped.',
    why: 'They know `event`, `name`, `userId`, `properties.…`, `traits.…` and `context.…`. A call on `type` or anything else is dropped: the trigger matches as if it weren\'t there.',
    bad: [{ trigger: 'event = "Order Paid" and contains(type, "track")' }],
    good: [{ trigger: 'event = "Order Paid" and type = "track"' }],
    check: eachCall(({ name, field }) =>
      isCallField(field) ? [] : [triggerSpot(`${name}(${field}, …) is dropped: it doesn't know that field.`, field === 'type' ? 'Write type = "track", or whichever type is meant.' : 'Known are event, name, userId, properties.…, traits.… and context.….')],
    ),
  },
  {
    id: 'call-without-text',
    severity: 'error',
    canAcknowledge: true,
    title: '`contains` or `match` has no text to look for.',
    why: 'Its arguments are taken by their place, whatever stands there: without a comma and a text some other word is looked for, and the events are lost.',
    bad: [{ trigger: 'type = "track" and contains(event)' }],
    good: [{ trigger: 'type = "track" and contains(event, "Order")' }],
    check: eachCall(({ name, field, value, isNegated }) =>
      isValue(value) || !isCallField(field) ? [] : [triggerSpot(`${name} has no text to look for in ${field}.`, `Write ${isNegated ? '!' : ''}${name}(${field}, "text")`)],
    ),
  },
  {
    id: 'match-pattern',
    severity: 'error',
    canAcknowledge: true,
    title: 'A pattern of `match` has no `*` at its start or end, or one elsewhere.',
    why: 'With a `*` at the end it means "starts with". Without, it means "ends with", and its first character is cut off, whatever it is. Any other `*` is taken literally.',
    bad: [{ trigger: 'type = "track" and match(event, "Order")' }],
    good: [{ trigger: 'type = "track" and match(event, "Order*")' }],
    check: eachCall(({ name, field, value, isNegated }) => {
      const pattern = unquoted(value.value);
      const isStart = pattern.endsWith('*');
      const rest = isStart ? pattern.slice(0, -1) : pattern.slice(1);
      if (name !== 'match' || !isCallField(field) || !isValue(value) || value.value.startsWith("'")) return [];
      if (isStart || pattern.startsWith('*')) return rest.includes('*') ? [triggerSpot(`match takes the "*" inside ${rest} literally.`, patternHint(field, rest, isNegated))] : [];
      return [triggerSpot(`match(${field}, ${value.value}) means "ends with ${rest}".`, `Write ${isNegated ? '!' : ''}match(${field}, "${pattern}*") for the start, match(${field}, "*${pattern}") for the end, or ${field} ${isNegated ? '!=' : '='} "${pattern}".`)];
    }),
  },
] as const satisfies readonly Rule[];

/** Two words as the trigger has them: `==` is two operators to the lexer, and after the last word comes the end. */
function writtenAs(operator: Token, value: Token): string {
  const [first, second] = [operator, value].map((token) => (token.type === 'eos' ? '' : token.value));
  return `${first}${value.type === 'operator' || second === '' ? '' : ' '}${second}`;
}

/** What is compared with: after `==` it follows the second operator. */
function valueAfter(tokens: readonly Token[], operator: Token): string {
  const value = tokens.slice(tokens.indexOf(operator)).find(({ type }) => type !== 'operator');
  return value === undefined || !isValue(value) || operator.type !== 'operator' ? '"value"' : value.value;
}

function comparisonHint(field: string, operator: Token, value: string): string {
  if (operator.type === 'dot') return String.raw`Put a backslash before what isn't a letter, also before a digit at the start of a key: ${field}.\0.sku, ${field}.a\ b.`;
  if (operator.value === 'in') return 'Write each value as a condition of its own, joined with or in parentheses.';
  return `Write ${field} ${operator.value === '!' ? '!=' : '='} ${value}; operators are ${COMPARISONS.join(' ')}, with a value after them. For parts of a text there are contains and match.`;
}

function patternHint(field: string, rest: string, isNegated: boolean): string {
  const inner = rest.replaceAll('*', '');
  return rest.indexOf('*') === 0 || rest.endsWith('*') ? `Write ${isNegated ? '!' : ''}contains(${field}, "${inner}")` : 'Join two calls: match(…, "start*") and match(…, "*end").';
}
