import { isObject } from '../../../lambda/json-value.ts';
import { ifDirective } from '../if-directive.ts';
import type { DirectivePart } from '../mapping-parts.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { spotAt } from '../spot.ts';
import type { Advice } from '../spot.ts';

const USER = { '@path': '$.userId' };
const GROUP = { '@path': '$.context.groupId' };
const SEATS = { '@path': '$.properties.seats' };

/** Rules on arguments of directives that pass every check and mean something else. */
export const ARGUMENT_RULES = [
  {
    id: 'if-blank',
    severity: 'warning',
    canAcknowledge: true,
    title: '`blank` in `@if` means the opposite of its name.',
    why: '`then` is taken when the value is **not** blank, `else` when it is missing, null or empty text.',
    bad: [{ mapping: { customer_id: ifDirective('blank', GROUP, USER, GROUP) } }],
    good: [{ mapping: { customer_id: ifDirective('exists', GROUP, GROUP, USER) } }],
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
    bad: [{ mapping: { properties: { seats: ifDirective('exists', SEATS, SEATS, 0) } } }],
    good: [{ mapping: { properties: { seats: ifDirective('exists', SEATS, SEATS, { '@literal': 0 }) } } }],
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

function eachDirective(name: string, check: (part: DirectivePart) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => subject.parts.flatMap((part) => (part.kind === 'directive' && part.name === name ? check(part).map((advice) => spotAt(subject, part.place.keys, advice)) : [])));
}

/** The spelling that counts, when the setting is written in another. */
function caseSlip(argument: unknown, setting: string, spellings: readonly string[]): string | undefined {
  const written = isObject(argument) ? argument[setting] : undefined;
  if (typeof written !== 'string' || spellings.includes(written)) return undefined;
  return spellings.find((spelling) => spelling === written.toLowerCase());
}
