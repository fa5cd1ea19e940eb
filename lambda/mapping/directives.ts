import type { Directive } from './directive.ts';
import { arrayPath } from './directives/array-path.ts';
import { letterCase } from './directives/case.ts';
import { excludeWhenNull } from './directives/exclude-when-null.ts';
import { flatten } from './directives/flatten.ts';
import { conditional } from './directives/if.ts';
import { json } from './directives/json.ts';
import { liquid } from './directives/liquid.ts';
import { literal } from './directives/literal.ts';
import { merge } from './directives/merge.ts';
import { path } from './directives/path.ts';
import { replace } from './directives/replace.ts';
import { template } from './directives/template.ts';
import { transform } from './directives/transform.ts';
import { nearest } from './nearest.ts';

/** Every directive of the hosted mapping kit. */
const DIRECTIVES: ReadonlyMap<string, Directive> = new Map([
  ['@path', path],
  ['@template', template],
  ['@literal', literal],
  ['@if', conditional],
  ['@case', letterCase],
  ['@replace', replace],
  ['@arrayPath', arrayPath],
  ['@flatten', flatten],
  ['@json', json],
  ['@merge', merge],
  ['@transform', transform],
  ['@excludeWhenNull', excludeWhenNull],
  ['@liquid', liquid],
]);

/** A longer name is no misspelling. */
const MAX_NAME_CHARS = 40;

export const DIRECTIVE_NAMES: readonly string[] = [...DIRECTIVES.keys()];

/** Names are case-sensitive. */
export function findDirective(name: string): Directive | undefined {
  return DIRECTIVES.get(name);
}

/** The rest of the sentence about a name that isn't one, with the nearest that is. */
export function unknownDirective(name: string): string {
  const shown = name.length <= MAX_NAME_CHARS ? name : `${name.slice(0, MAX_NAME_CHARS)}…`;
  const suggestion = nearest(shown, DIRECTIVE_NAMES);
  const question = suggestion === undefined ? `Known are ${DIRECTIVE_NAMES.join(', ')}.` : `Did you mean ${suggestion}?`;
  return `uses the unknown directive ${shown}. ${question}`;
}
