import { describeType, isJsonScalar, isObject } from '../json-value.ts';
import { isDirectiveKey, looksLikeDirective } from './argument.ts';
import type { CheckSite } from './argument.ts';
import { findDirective, unknownDirective } from './directives.ts';
import { pointerTo } from './pointer.ts';

/** Told of each thing that is refused: the place, as JSON pointer, and the rest of the sentence about it. */
type Refuse = (path: string, problem: string) => void;

/**
 * What the hosted destination validates before it evaluates a mapping, and no more: arrays aren't looked into, except where
 * a directive's argument is one. Beyond hosted, because it would lose them: members named `__proto__`, and what isn't JSON.
 */
export function validate(value: unknown, path: string, refuse: Refuse): void {
  if (looksLikeDirective(value)) return validateDirective(value, path, refuse);
  if (isObject(value)) return validateMembers(value, path, refuse);
  if (!Array.isArray(value) && !isJsonScalar(value)) refuse(path, `must be a JSON value, but it is ${describeType(value)}.`);
}

function validateDirective(object: Readonly<Record<string, unknown>>, path: string, refuse: Refuse): void {
  const keys = Object.keys(object);
  const [name = '', ...others] = [...keys.filter(isDirectiveKey), ...keys.filter((key) => !isDirectiveKey(key) && key !== '_metadata')];
  if (others.length > 0) {
    return refuse(path, `has ${name} beside ${others.join(', ')}: a directive stands alone in its object. Move one of them out.`);
  }
  const directive = findDirective(name);
  const site = checkSite(pointerTo(path, name), refuse);
  if (directive === undefined) site.refuse(unknownDirective(name));
  else directive.check(object[name], site);
}

function validateMembers(object: Readonly<Record<string, unknown>>, path: string, refuse: Refuse): void {
  for (const [name, member] of Object.entries(object)) {
    if (name === '__proto__') refuse(path, 'has a member named __proto__, which can\'t be sent. Rename it.');
    else validate(member, pointerTo(path, name), refuse);
  }
}

function checkSite(path: string, refuse: Refuse): CheckSite {
  return {
    refuse: (problem) => refuse(path, problem),
    inside: (key) => checkSite(pointerTo(path, key), refuse),
    validate: (value) => validate(value, path, refuse),
  };
}
