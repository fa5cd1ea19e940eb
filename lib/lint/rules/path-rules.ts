import { splitPath } from '../../../lambda/mapping/path.ts';
import { pathsIn } from '../field-parts.ts';
import type { WrittenPath } from '../field-parts.ts';
import { nearName } from '../near-name.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { EVENT_FIELDS } from '../segment-fields.ts';
import { spotAt } from '../spot.ts';
import type { Advice } from '../spot.ts';

const KNOWN = 'A path is written like $.properties.items[0].sku.';

/** Rules on paths: of @path, @arrayPath and inside templates. */
export const PATH_RULES = [
  {
    id: 'path-syntax',
    severity: 'error',
    canAcknowledge: true,
    title: 'A path is written in a way that finds nothing.',
    why: 'Paths are no JSONPath. `$[\'x\']`, a bare `$`, `*`, `[?…]`, negative indexes, `..` and blanks around a key are looked up as keys of just that name, and a key with a dot in it can\'t be reached. The value is missing: a required field quarantines the event, a property is left out of the bill.',
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
      return isKnown ? [] : [[`No Segment event has ${root} at its top.`, `Did you mean ${written.isTemplate ? '' : '$.'}properties.${root}?`]];
    }),
  },
] as const satisfies readonly Rule[];

function eachPath(check: (written: WrittenPath) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => pathsIn(subject.parts).flatMap((written) => check(written).map((advice) => spotAt(subject, written.place.keys, advice))));
}

function syntaxProblem({ path, isTemplate }: WrittenPath): Advice | undefined {
  const missing = `The path ${JSON.stringify(path)} finds nothing`;
  if (isTemplate && path.startsWith('$')) return undefined;
  if (path.trim() === '$') return [`${missing}: it looks for a field named $.`, 'Write $. for the whole event.'];
  if (/^\$\s*\[/.test(path)) return [`${missing}: it looks for a field named $.`, 'Write $.properties, with a dot after the $.'];
  if (path.includes('..')) return [`${JSON.stringify(path)} doesn't search at every depth: two dots count as one.`, 'Write the whole path.'];
  if (/\[\s*[?:*-]|\[\d*:|(?:^|\.)\*(?:$|[.[])/.test(path)) return [`${missing}: wildcards, filters, ranges and negative indexes don't exist.`, `Name one item, as in [0], or take the whole list with @arrayPath. ${KNOWN}`];
  if (/\[\s*(["'])[^"']*\.[^"']*\1/.test(path)) return [`${missing}: a dot splits a key, in quotes too, and a key with a dot can't be reached.`, 'Send the value under a key without a dot, or read it in a @liquid template: {{ properties["a.b"] }}.'];
  return splitPath(path).some((key) => key !== key.trim()) ? [`${missing}: blanks count as a part of the key.`, `Remove them. ${KNOWN}`] : undefined;
}

/** The event's field that a path starts with; undefined when it reads something else, or is written wrongly anyway. */
function rootField(written: WrittenPath): string | undefined {
  if (!written.place.readsEvent || syntaxProblem(written) !== undefined || written.path.includes('[]')) return undefined;
  if (written.isTemplate && written.path.startsWith('$')) return undefined;
  const [root] = splitPath(written.path);
  return root;
}

function nearField(written: WrittenPath): string | undefined {
  const root = rootField(written);
  if (root === undefined || EVENT_FIELDS.includes(root)) return undefined;
  const near = nearName(root, EVENT_FIELDS, root.length > 5 ? 2 : 1);
  return near === undefined ? undefined : `${written.isTemplate ? '' : '$.'}${[near, ...splitPath(written.path).slice(1)].join('.')}`;
}
