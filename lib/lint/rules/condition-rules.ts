import { SEGMENT_TYPES } from '../segment-fields.ts';
import { nearName } from '../near-name.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { hostedParts } from '../subject.ts';
import type { Subject } from '../subject.ts';
import { COMPARISONS, isCallField, isComparison } from '../trigger-reading.ts';
import type { TriggerCall, TriggerCondition } from '../trigger-reading.ts';
import { inDoubleQuotes, unquoted } from '../trigger-text.ts';

const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
/** Fields whose value is text, never an object. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(['type', 'event', 'name', 'userId']);

type Place = { readonly path: string; readonly message: string; readonly suggestion: string };

/** Rules on single conditions of a trigger. */
export const CONDITION_RULES = [
  {
    id: 'not-a-comparison',
    severity: 'error',
    canAcknowledge: true,
    title: 'A field is followed by something that is no comparison.',
    why: 'The two words after a field are taken as operator and value, whatever they are. An unknown operator is never true, and `==` compares with the text `=`: the events are lost.',
    bad: [{ trigger: 'type == "track"' }],
    good: [{ trigger: 'type = "track"' }],
    check: eachCondition((condition) => {
      const { field, operator, value } = condition;
      return isComparison(condition) ? [] : [spot(`"${field} ${operator.value} ${value.value}" is no comparison, so it is never true.`, comparisonHint(field, operator.value, operator.type))];
    }),
  },
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
      return part.value.type === 'string' && value.startsWith("'") ? [spot(`The single quotes of ${value} are compared as part of the value.`, `Write ${suggestion}`)] : [];
    }
    ),
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
      return [spot(`No Segment event has the type ${JSON.stringify(type)}.`, near === undefined ? `Types are ${SEGMENT_TYPES.join(', ')}.` : `Write type ${operator.value} "${near}"`)];
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
        ? [spot(`"${field} ${operator.value} null" compares with the text "null", and is ${operator.value === '!=' ? 'always' : 'never'} true.`, field === 'event' ? 'Write contains(event, "") for events that have a name, or type = "track".' : 'Name the type, as in type = "track".')]
        : [],
    ),
  },
  {
    id: 'not-equal-boolean',
    severity: 'error',
    canAcknowledge: true,
    title: '`!= true` and `!= false` are true for every boolean.',
    why: 'They compare with a text, and a boolean is no text: the events that were to be left out are billed.',
    bad: [{ trigger: 'type = "track" and properties.is_test != true' }],
    good: [{ trigger: 'type = "track" and properties.is_test = false' }],
    check: eachCondition(({ field, operator, value }) =>
      operator.value === '!=' && value.type === 'ident' && ['true', 'false'].includes(value.value)
        ? [spot(`"${field} != ${value.value}" is true for every boolean.`, `Write ${field} = ${value.value === 'true' ? 'false' : 'true'}`)]
        : [],
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
      return isText ? [spot(`${value.value} is compared as a text.`, `Write ${field} ${operator.value} ${literal}`)] : [];
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
      field === 'userId' && operator.value === '=' && value.type === 'ident' && ['true', 'false'].includes(value.value)
        ? [spot(`A user id is text, so "userId = ${value.value}" is never true.`, value.value === 'true' ? 'Write userId != null' : 'Write userId = null')]
        : [],
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
      if (['properties', 'traits', 'context'].includes(field)) return [spot(`${field} by itself is looked up as a key inside the ${field}.`, `Name a key, as in ${field}.plan`)];
      return PLAIN_FIELDS.has(root) && keys.length > 0 ? [spot(`Of ${field} only ${root} counts.`, `Write ${root}, or properties.${keys.join('.')}`)] : [];
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
      isCallField(field) ? [] : [spot(`${name}(${field}, …) is dropped: it doesn't know that field.`, field === 'type' ? 'Write type = "track", or whichever type is meant.' : 'Known are event, name, userId, properties.…, traits.… and context.….')],
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
      if (name !== 'match' || !isCallField(field) || value.value.startsWith("'")) return [];
      if (isStart || pattern.startsWith('*')) return rest.includes('*') ? [spot(`match takes the "*" inside ${rest} literally.`, patternHint(field, rest, isNegated))] : [];
      return [spot(`match(${field}, ${value.value}) means "ends with ${rest}".`, `Write ${isNegated ? '!' : ''}match(${field}, "${pattern}*") for the start, match(${field}, "*${pattern}") for the end, or ${field} ${isNegated ? '!=' : '='} "${pattern}".`)];
    }),
  },
] as const satisfies readonly Rule[];

function spot(message: string, suggestion: string): Place {
  return { path: 'trigger', message, suggestion };
}

function conditionsOf(subject: Subject): readonly TriggerCondition[] {
  return hostedParts(subject).filter((part) => part.kind === 'condition');
}

function callsOf(subject: Subject): readonly TriggerCall[] {
  return hostedParts(subject).filter((part) => part.kind === 'call');
}

/** True when the word is called like a function somewhere, which is a rule of its own. */
function isCalled({ trigger }: Subject, word: string): boolean {
  return trigger.tokens.some(({ value }, at) => value === word && trigger.tokens[at + 1]?.type === 'parenleft');
}

function eachCondition(check: (condition: TriggerCondition) => readonly Place[]): Rule['check'] {
  return eachMapping((subject) => conditionsOf(subject).flatMap(check));
}

function eachCall(check: (call: TriggerCall) => readonly Place[]): Rule['check'] {
  return eachMapping((subject) => callsOf(subject).filter(({ field }) => !isCalled(subject, field)).flatMap(check));
}

function eachConditionOrCall(check: (part: TriggerCondition | TriggerCall) => readonly Place[]): Rule['check'] {
  return eachMapping((subject) => [...conditionsOf(subject), ...callsOf(subject)].flatMap(check));
}

function comparisonHint(field: string, operator: string, type: string): string {
  if (type === 'dot') return String.raw`Put a backslash before what isn't a letter, also before a digit at the start of a key: ${field}.\0.sku, ${field}.a\ b.`;
  if (operator === 'in') return 'Write each value as a condition of its own, joined with or in parentheses.';
  return `Write ${field} = "value"; operators are ${COMPARISONS.join(' ')}, with a value after them. For parts of a text there are contains and match.`;
}

function patternHint(field: string, rest: string, isNegated: boolean): string {
  const inner = rest.replaceAll('*', '');
  return rest.indexOf('*') === 0 || rest.endsWith('*') ? `Write ${isNegated ? '!' : ''}contains(${field}, "${inner}")` : 'Join two calls: match(…, "start*") and match(…, "*end").';
}
