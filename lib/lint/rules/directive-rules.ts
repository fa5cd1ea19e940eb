import { isObject } from '../../../lambda/json-value.ts';
import { DIRECTIVE_NAMES } from '../../../lambda/mapping/directives.ts';
import { nearName } from '../near-name.ts';
import type { DirectivePart, Place } from '../mapping-parts.ts';
import { placeOf, pointerKeys } from '../place.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';

const USER = { '@path': '$.userId' };
const GROUP = { '@path': '$.context.groupId' };
const SEATS = { '@path': '$.properties.seats' };

/** Rules on directives and their arguments. */
export const DIRECTIVE_RULES = [
  {
    id: 'unknown-directive',
    severity: 'error',
    canAcknowledge: false,
    title: 'A directive doesn\'t exist, or is misspelt.',
    why: 'Hosted refuses the whole mapping, so every event fails. Inside an array it fails each event that reaches it. Names tell upper from lower case.',
    bad: [{ mapping: { properties: { items: [{ '@paht': '$.properties.sku' }] } } }],
    good: [{ mapping: { properties: { items: [{ '@path': '$.properties.sku' }] } } }],
    check: eachMapping((subject) => subject.problems.filter(isUnknownDirective).map((problem) => unknownSpot(subject, problem))),
  },
  {
    id: 'mapping-refused',
    severity: 'error',
    canAcknowledge: false,
    title: 'The mapping is refused.',
    why: 'Hosted checks the whole mapping before each event, untaken branches too, and fails every event. The bridge can\'t load it.',
    bad: [{ mapping: { customer_id: { '@path': '$.userId', default: 'none' } } }],
    good: [{ mapping: { customer_id: { '@if': branches('exists', USER, USER, 'none') } } }],
    check: eachMapping((subject) => subject.problems.filter((problem) => problem.kind === 'refused' && !isUnknownDirective(problem)).map((problem) => problemSpot(subject, problem))),
  },
  {
    id: 'directive-fails',
    severity: 'error',
    canAcknowledge: true,
    title: 'A directive fails every event that reaches it.',
    why: 'The mapping passes hosted\'s check, but its argument can\'t be used: each event that gets there fails.',
    bad: [{ mapping: { properties: { '@flatten': { value: { '@path': '$.properties' } } } } }],
    good: [{ mapping: { properties: { '@flatten': { value: { '@path': '$.properties' }, separator: '_' } } } }],
    check: eachMapping((subject) => subject.problems.filter((problem) => problem.kind === 'fails_when_reached' && !isUnknownDirective(problem)).map((problem) => problemSpot(subject, problem))),
  },
  {
    id: 'directive-as-data',
    severity: 'error',
    canAcknowledge: true,
    title: 'A directive inside an array has other keys beside it.',
    why: 'Nobody checks there. The object is sent as it stands, with its `@path` as a key; of two directives only the first counts.',
    bad: [{ mapping: { properties: { items: [{ '@path': '$.properties.sku', unit: 'piece' }] } } }],
    good: [{ mapping: { properties: { items: [{ sku: { '@path': '$.properties.sku' }, unit: 'piece' }] } } }],
    check: eachMapping(({ definition, parts }) =>
      parts.flatMap((part) => {
        if (part.kind !== 'mixed') return [];
        const isData = part.others.some((key) => !key.startsWith('@'));
        const message = isData ? `${part.directive} beside ${part.others.join(', ')} is sent as data here, not evaluated.` : `Of ${part.directive} and ${part.others.join(', ')} only the first counts here.`;
        return [{ path: placeOf(definition.mapping, part.place.keys), message, suggestion: `Put ${part.directive} into an object of its own, under a key of its own.` }];
      }),
    ),
  },
  {
    id: 'if-blank',
    severity: 'warning',
    canAcknowledge: true,
    title: '`blank` in `@if` means the opposite of its name.',
    why: '`then` is taken when the value is **not** blank, `else` when it is missing, null or empty text.',
    bad: [{ mapping: { customer_id: { '@if': branches('blank', GROUP, USER, GROUP) } } }],
    good: [{ mapping: { customer_id: { '@if': branches('exists', GROUP, GROUP, USER) } } }],
    check: eachDirective('@if', ({ argument }) =>
      isObject(argument) && argument['exists'] === undefined && argument['blank']
        ? [['@if with "blank" takes "then" when the value is NOT blank.', 'Check which branch is which. "exists" says what it does; acknowledge "blank" where it is right.']]
        : [],
    ),
  },
  {
    id: 'if-plain-else',
    severity: 'error',
    canAcknowledge: true,
    title: 'A plain 0, false or empty text in `else` is ignored.',
    why: 'The result is then missing, not 0: the property isn\'t there to be summed or filtered.',
    bad: [{ mapping: { properties: { seats: { '@if': branches('exists', SEATS, SEATS, 0) } } } }],
    good: [{ mapping: { properties: { seats: { '@if': branches('exists', SEATS, SEATS, { '@literal': 0 }) } } } }],
    check: eachDirective('@if', ({ argument }) => {
      const isIgnored = isObject(argument) && (argument['else'] === 0 || argument['else'] === false || argument['else'] === '');
      return isIgnored ? [[`"else": ${JSON.stringify(argument['else'])} is ignored, and nothing is sent.`, `Write "else": {"@literal": ${JSON.stringify(argument['else'])}}`]] : [];
    }),
  },
  {
    id: 'json-mode-case',
    severity: 'error',
    canAcknowledge: true,
    title: 'The mode of `@json` isn\'t in lower case.',
    why: 'Any spelling passes the check, but only `encode` and `decode` do something: the result is missing.',
    bad: [{ mapping: { properties: { payload: { '@json': { mode: 'ENCODE', value: { '@path': '$.properties' } } } } } }],
    good: [{ mapping: { properties: { payload: { '@json': { mode: 'encode', value: { '@path': '$.properties' } } } } } }],
    check: eachDirective('@json', ({ argument }) => {
      const lower = caseSlip(argument, 'mode', ['encode', 'decode']);
      return lower === undefined ? [] : [[`@json gives nothing in this mode, as only lower case counts.`, `Write "mode": "${lower}"`]];
    }),
  },
  {
    id: 'merge-direction-case',
    severity: 'error',
    canAcknowledge: true,
    title: 'The direction of `@merge` isn\'t in lower case.',
    why: 'Any spelling passes the check, but only `left` makes earlier objects win: `LEFT` means `right`, and other values are billed.',
    bad: [{ mapping: { properties: { '@merge': { direction: 'LEFT', objects: [{ '@path': '$.properties' }, { '@path': '$.context.traits' }] } } } }],
    good: [{ mapping: { properties: { '@merge': { direction: 'left', objects: [{ '@path': '$.properties' }, { '@path': '$.context.traits' }] } } } }],
    check: eachDirective('@merge', ({ argument }) => {
      const lower = caseSlip(argument, 'direction', ['left']);
      return lower === undefined ? [] : [['@merge lets later objects win here, as only lower-case "left" counts.', 'Write "direction": "left"']];
    }),
  },
  {
    id: 'replace-dollar',
    severity: 'warning',
    canAcknowledge: true,
    title: 'The replacement of `@replace` holds `$$`, `$&`, a dollar and backtick, or a dollar and apostrophe.',
    why: 'These stand for a dollar sign, for what was found, and for the text before and after it, although the pattern is plain text.',
    bad: [{ mapping: { customer_id: { '@replace': { pattern: '-', replacement: '$&', value: { '@path': '$.context.groupId' } } } } }],
    good: [{ mapping: { customer_id: { '@replace': { pattern: '-', replacement: '_', value: { '@path': '$.context.groupId' } } } } }],
    check: eachDirective('@replace', ({ argument }) => {
      const texts = isObject(argument) ? [argument['replacement'], argument['replacement2']] : [];
      const isSpecial = texts.some((text) => typeof text === 'string' && /\$[$&`']/.test(text));
      return isSpecial ? [['The replacement holds a dollar sequence that stands for something else.', 'Write $$ for a dollar sign, or another text.']] : [];
    }),
  },
] as const satisfies readonly Rule[];

type Problem = Subject['problems'][number];

/** The argument of an @if. An object literal with a `then` looks like a promise to the linter of our own code. */
function branches(test: 'exists' | 'blank', value: unknown, whenTrue: unknown, whenFalse: unknown): unknown {
  const members = [value, whenTrue, whenFalse];
  return Object.fromEntries([test, 'then', 'else'].map((name, at) => [name, members[at]]));
}

function isUnknownDirective({ error }: Problem): boolean {
  const key = lastKey(error.mappingPath);
  return key.startsWith('@') && !DIRECTIVE_NAMES.includes(key);
}

/** The last key of a JSON pointer, '' for the root. */
function lastKey(pointer: string): string {
  return pointerKeys(pointer).at(-1) ?? '';
}

function problemSpot({ definition }: Subject, { error }: Problem): { readonly path: string; readonly message: string; readonly suggestion: string } {
  const keys = pointerKeys(error.mappingPath);
  return { path: placeOf(definition.mapping, keys), message: `The mapping ${keys.length === 0 ? '' : 'here '}${error.problem}`, suggestion: 'docs/mapping.md shows every directive and its argument.' };
}

function unknownSpot({ definition }: Subject, { error }: Problem): { readonly path: string; readonly message: string; readonly suggestion: string } {
  const keys = pointerKeys(error.mappingPath);
  const name = lastKey(error.mappingPath);
  const near = nearName(name, DIRECTIVE_NAMES, Math.max(2, Math.floor(name.length / 3)));
  const suggestion = near === undefined ? `Known are ${DIRECTIVE_NAMES.join(', ')}.` : `Did you mean ${near}?`;
  return { path: placeOf(definition.mapping, keys), message: `The directive ${name} doesn't exist.`, suggestion };
}

function eachDirective(name: string, check: (part: DirectivePart) => readonly (readonly [message: string, suggestion: string])[]): Rule['check'] {
  return eachMapping(({ definition, parts }) => {
    const at = (place: Place) => placeOf(definition.mapping, place.keys);
    return parts.flatMap((part) => (part.kind === 'directive' && part.name === name ? check(part).map(([message, suggestion]) => ({ path: at(part.place), message, suggestion })) : []));
  });
}

/** The spelling that counts, when the setting is written in another. */
function caseSlip(argument: unknown, setting: string, spellings: readonly string[]): string | undefined {
  const written = isObject(argument) ? argument[setting] : undefined;
  if (typeof written !== 'string' || spellings.includes(written)) return undefined;
  return spellings.find((spelling) => spelling === written.toLowerCase());
}
