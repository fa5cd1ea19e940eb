import { isContainer, isObject } from '../../json-value.ts';
import { MAX_MADE_MEMBERS } from '../../limits.ts';
import { directiveOrObject, list, objectWith, oneOf, optional, required } from '../argument.ts';
import type { Check } from '../argument.ts';
import type { Directive, Site } from '../directive.ts';
import { withoutUndefined } from '../without-undefined.ts';

const checkMembers = objectWith({ direction: optional(oneOf('left', 'right')), objects: required(list) });

const check: Check = (argument, at) => {
  checkMembers(argument, at);
  const objects: unknown = isObject(argument) ? argument['objects'] : undefined;
  if (!Array.isArray(objects)) return;
  for (const [index, object] of objects.entries()) directiveOrObject(object, at.inside('objects').inside(String(index)));
};

/**
 * `{"@merge": {"direction": "right", "objects": [{…}, {…}]}}`: one object with the members of all; of equal names the last
 * wins, with `left` the first. A missing value wins like any other, and removes the member.
 */
export const merge: Directive = {
  check,
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "direction" and "objects".');
    const { direction, objects } = argument;
    if (!direction) return site.fails('needs the "direction" "left" or "right".');
    if (!Array.isArray(objects)) return site.fails('needs "objects" that are an array.');
    const evaluateDirection = site.compile(direction, 'direction');
    const parts = objects.map((object, index) => site.compileKeepingUndefined(object, 'objects', String(index)));
    return (event) => {
      // All are evaluated before the order is looked at, as any of them may throw.
      const values = parts.map((evaluate) => evaluate(event));
      const ordered = evaluateDirection(event) === 'left' ? values.toReversed() : values;
      const merged = assignAll(ordered, site);
      return site.keepsUndefined ? merged : site.attempt(() => withoutUndefined(merged));
    };
  },
};

/** Texts and arrays spread by index, everything else without members adds nothing. */
function assignAll(values: readonly unknown[], site: Site): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  let members = 0;
  for (const value of values) {
    if (!isContainer(value) && typeof value !== 'string') continue;
    members += typeof value === 'string' ? value.length : Object.keys(value).length;
    if (members > MAX_MADE_MEMBERS) throw site.error(`would put together over ${MAX_MADE_MEMBERS.toLocaleString('en-US')} members of this event.`);
    for (const [name, member] of Object.entries(value)) {
      // Assigning it would set the prototype.
      if (name !== '__proto__') merged[name] = member;
    }
  }
  return merged;
}
