import { isObject } from '../../json-value.ts';
import { directiveOrRaw } from '../argument.ts';
import type { Directive, Site } from '../directive.ts';

/** `{"@excludeWhenNull": …}`: null becomes missing, also the null members of objects at every depth, but not below arrays. */
export const excludeWhenNull: Directive = {
  check: directiveOrRaw,
  compile(argument, site) {
    const evaluate = site.compile(argument);
    return (event) => {
      const value = evaluate(event);
      if (value === null) return undefined;
      return isObject(value) ? site.attempt(() => withoutNulls(value, site)) : value;
    };
  },
};

function withoutNulls(object: Readonly<Record<string, unknown>>, site: Site): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(object)) {
    // Assigning it would set the prototype.
    if (name === '__proto__') continue;
    if (isObject(member)) kept[name] = withoutNulls(member, site);
    else if (member !== null) kept[name] = member;
    else if (site.keepsUndefined) kept[name] = undefined;
  }
  return kept;
}
