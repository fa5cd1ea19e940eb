import { DIRECTIVE_NAMES } from '../../../lambda/mapping/index.ts';
import type { MappingProblem } from '../../../lambda/mapping/index.ts';
import { ifDirective } from '../if-directive.ts';
import { nearName } from '../near-name.ts';
import { pointerKeys } from '../place.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { spotAt } from '../spot.ts';
import type { OwnSpot } from '../spot.ts';
import type { Subject } from '../subject.ts';

const USER = { '@path': '$.userId' };

/** Rules on directives that hosted refuses, fails on, or doesn't take for one. */
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
    good: [{ mapping: { customer_id: ifDirective('exists', USER, USER, 'none') } }],
    check: eachProblem('refused'),
  },
  {
    id: 'directive-fails',
    severity: 'error',
    canAcknowledge: true,
    title: 'A directive fails every event that reaches it.',
    why: 'The mapping passes hosted\'s check, but its argument can\'t be used: each event that gets there fails.',
    bad: [{ mapping: { properties: { '@flatten': { value: { '@path': '$.properties' } } } } }],
    good: [{ mapping: { properties: { '@flatten': { value: { '@path': '$.properties' }, separator: '_' } } } }],
    check: eachProblem('fails_when_reached'),
  },
  {
    id: 'directive-as-data',
    severity: 'error',
    canAcknowledge: true,
    title: 'A directive inside an array has other keys beside it.',
    why: 'Nobody checks there. The object is sent as it stands, with its `@path` as a key; of two directives only the first counts.',
    bad: [{ mapping: { properties: { items: [{ '@path': '$.properties.sku', unit: 'piece' }] } } }],
    good: [{ mapping: { properties: { items: [{ sku: { '@path': '$.properties.sku' }, unit: 'piece' }] } } }],
    check: eachMapping((subject) =>
      subject.parts.flatMap((part) => {
        if (part.kind !== 'mixed') return [];
        const isData = part.others.some((key) => !key.startsWith('@'));
        const message = isData ? `${part.directive} beside ${part.others.join(', ')} is sent as data here, not evaluated.` : `Of ${part.directive} and ${part.others.join(', ')} only the first counts here.`;
        return [spotAt(subject, part.place.keys, [message, `Put ${part.directive} into an object of its own, under a key of its own.`])];
      }),
    ),
  },
] as const satisfies readonly Rule[];

/** Of the other directives that can't be used; an unknown one is a rule of its own. */
function eachProblem(kind: MappingProblem['kind']): Rule['check'] {
  return eachMapping((subject) => subject.problems.filter((problem) => problem.kind === kind && !isUnknownDirective(problem)).map((problem) => problemSpot(subject, problem)));
}

function isUnknownDirective({ error }: MappingProblem): boolean {
  const key = lastKey(error.mappingPath);
  return key.startsWith('@') && !DIRECTIVE_NAMES.includes(key);
}

/** The last key of a JSON pointer, '' for the root. */
function lastKey(pointer: string): string {
  return pointerKeys(pointer).at(-1) ?? '';
}

function problemSpot(subject: Subject, { error }: MappingProblem): OwnSpot {
  const keys = pointerKeys(error.mappingPath);
  return spotAt(subject, keys, [`The mapping ${keys.length === 0 ? '' : 'here '}${error.problem}`, 'docs/mapping.md shows every directive and its argument.']);
}

function unknownSpot(subject: Subject, { error }: MappingProblem): OwnSpot {
  const name = lastKey(error.mappingPath);
  const near = nearName(name, DIRECTIVE_NAMES, Math.max(2, Math.floor(name.length / 3)));
  const suggestion = near === undefined ? `Known are ${DIRECTIVE_NAMES.join(', ')}.` : `Did you mean ${near}?`;
  return spotAt(subject, pointerKeys(error.mappingPath), [`The directive ${name} doesn't exist.`, suggestion]);
}
