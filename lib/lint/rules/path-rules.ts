import { nearContextKeys } from '../context-keys.ts';
import { conditionFields } from '../each-condition.ts';
import { pathsIn } from '../field-parts.ts';
import type { WrittenPath } from '../field-parts.ts';
import { nearName } from '../near-name.ts';
import { syntaxProblem } from '../path-syntax.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { EVENT_FIELDS, TEXT_FIELDS } from '../segment-fields.ts';
import { spotAt, triggerSpot } from '../spot.ts';
import type { Advice } from '../spot.ts';

/** Rules on paths: of @path, @arrayPath and inside templates, and Liquid's variables. */
export const PATH_RULES = [
  {
    id: 'path-syntax',
    severity: 'error',
    canAcknowledge: true,
    title: 'A path is written in a way that finds nothing.',
    why: 'Paths are no JSONPath. `$[\'x\']`, a bare `$`, `*`, `[?…]`, negative indexes, `..`, filters, operators and blanks around a key are looked up as keys of just that name, and a key with a dot in it can\'t be reached. The value is missing: a required field quarantines the event, a property is left out of the bill.',
    bad: [{ mapping: { properties: { sku: { '@path': '$.properties.items[*].sku' } } } }],
    good: [{ mapping: { properties: { sku: { '@path': '$.properties.items[0].sku' } } } }],
    check: eachPath((written) => {
      const problem = syntaxProblem(written);
      return problem === undefined ? [] : [problem];
    }),
  },
  {
    id: 'path-misspelt',
    severity: 'error',
    canAcknowledge: true,
    title: 'A path starts with a field that is nearly one of Segment\'s.',
    why: 'Names tell upper from lower case. The misspelt one is never there, so the value is missing.',
    bad: [{ mapping: { customer_id: { '@path': '$.userID' } } }],
    good: [{ mapping: { customer_id: { '@path': '$.userId' } } }],
    check: eachPath((written) => {
      const near = nearField(written);
      return near === undefined ? [] : [[`${written.path} starts with a field that no Segment event has.`, `Did you mean ${near}?`]];
    }),
  },
  {
    id: 'path-unknown-field',
    severity: 'warning',
    canAcknowledge: true,
    title: 'A path starts with a field that Segment\'s events don\'t have.',
    why: 'What callers add is under `properties`, `traits` or `context`; at the top it is missing, unless the source is out of the ordinary.',
    bad: [{ mapping: { customer_id: { '@path': '$.account' } } }],
    good: [{ mapping: { customer_id: { '@path': '$.properties.account' } } }],
    check: eachPath((written) => {
      const root = rootField(written);
      const isKnown = root === undefined || EVENT_FIELDS.includes(root) || nearField(written) !== undefined;
      return isKnown ? [] : [[`No Segment event has ${root} at its top.`, `Did you mean ${pathText(written, ['properties', root])}?`]];
    }),
  },
  {
    id: 'path-into-text',
    severity: 'error',
    canAcknowledge: true,
    title: 'A path goes into a field that is text.',
    why: 'Only `context`, `properties`, `traits` and `integrations` have members. Of text there is nothing to find, so the value is missing.',
    bad: [{ mapping: { customer_id: { '@path': '$.event.properties.account_id' } } }],
    good: [{ mapping: { customer_id: { '@path': '$.properties.account_id' } } }],
    check: eachPath((written) => {
      const root = textFieldOf(written);
      return root === undefined ? [] : [[`${written.path} finds nothing: ${root} is text and has no members.`, `Write ${pathText(written, [root])}, or name the object, as in ${pathText(written, ['properties', ...written.keys.slice(-1)])}.`]];
    }),
  },
  {
    id: 'context-misspelt',
    severity: 'warning',
    canAcknowledge: true,
    title: 'A key of the context is nearly one that Segment\'s libraries set.',
    why: 'Names tell upper from lower case, and `context.groupID` is another key than `context.groupId`: if callers don\'t send it, a mapping finds nothing, and a trigger doesn\'t match.',
    bad: [{ mapping: { customer_id: { '@path': '$.context.groupID' } } }],
    good: [{ mapping: { customer_id: { '@path': '$.context.groupId' } } }],
    check: eachMapping((subject) => [
      ...pathsIn(subject.parts).flatMap((written) => {
        const near = rootField(written) === undefined ? undefined : nearContextKeys(written.keys);
        return near === undefined ? [] : [spotAt(subject, written.place.keys, contextAdvice(written.path, pathText(written, near)))];
      }),
      ...conditionFields(subject).flatMap((field) => {
        const near = nearContextKeys(field.split('.'));
        return near === undefined ? [] : [triggerSpot(...contextAdvice(field, near.join('.')))];
      }),
    ]),
  },
] as const satisfies readonly Rule[];

function eachPath(check: (written: WrittenPath) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => pathsIn(subject.parts).flatMap((written) => check(written).map((advice) => spotAt(subject, written.place.keys, advice))));
}

/** The event's field that a path starts with; undefined when it reads something else, or is written wrongly anyway. */
function rootField(written: WrittenPath): string | undefined {
  if (!written.place.readsEvent || syntaxProblem(written) !== undefined) return undefined;
  if (written.syntax === 'template' && written.path.startsWith('$')) return undefined;
  const [root] = written.keys;
  return root;
}

function nearField(written: WrittenPath): string | undefined {
  const root = rootField(written);
  if (root === undefined || EVENT_FIELDS.includes(root)) return undefined;
  const near = nearName(root, EVENT_FIELDS, root.length > 5 ? 2 : 1);
  return near === undefined ? undefined : pathText(written, [near, ...written.keys.slice(1)]);
}

/** A member of a field that is text: only its length and its characters are there, and what Liquid adds. */
function textFieldOf(written: WrittenPath): string | undefined {
  const root = rootField(written) ?? '';
  const [, member] = written.keys;
  const isThere = member === undefined || /^(?:length|size|first|last|\d+)$/.test(member);
  return TEXT_FIELDS.includes(root) && !isThere ? root : undefined;
}

function pathText({ syntax }: WrittenPath, keys: readonly string[]): string {
  return `${syntax === 'path' ? '$.' : ''}${keys.join('.')}`;
}

function contextAdvice(written: string, near: string): Advice {
  return [`${written} is none of the keys that Segment's libraries set.`, `Did you mean ${near}?`];
}
