import { isContainer, isObject } from '../../json-value.ts';
import { directiveOrRaw, objectWith, optional } from '../argument.ts';
import type { Directive, Site } from '../directive.ts';
import type { Evaluate } from '../path.ts';

/**
 * `{"@if": {"exists": …, "then": …, "else": …}}`. With `blank` in place of `exists` the name is misleading, and hosted's
 * behaviour is kept: `then` is taken when the value is *not* blank.
 */
export const conditional: Directive = {
  check: objectWith({ exists: optional(directiveOrRaw), then: optional(directiveOrRaw), else: optional(directiveOrRaw) }),
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "exists" or "blank".');
    if (!argument['exists'] && !argument['blank']) return site.fails('needs "exists" or "blank", as a value that isn\'t empty.');
    const holds = condition(argument, site);
    const whenTrue = argument['then'] === undefined ? nothing : site.compile(argument['then'], 'then');
    // Hosted ignores an else of '', 0, false or null.
    const whenFalse = argument['else'] ? site.compile(argument['else'], 'else') : nothing;
    return (event) => (holds(event) ? whenTrue(event) : whenFalse(event));
  },
};

const nothing: Evaluate = () => undefined;

function condition(argument: Readonly<Record<string, unknown>>, site: Site): (event: unknown) => boolean {
  if (argument['exists'] !== undefined) {
    const evaluate = site.compile(argument['exists'], 'exists');
    return (event) => {
      const value = evaluate(event);
      return value !== undefined && value !== null;
    };
  }
  // Only looked at: a member "toString" that is undefined keeps an object from becoming text, too.
  const evaluate = site.compileKeepingUndefined(argument['blank'], 'blank');
  return (event) => !isBlank(evaluate(event), site);
}

/** Missing, null, or loosely equal to empty text, as JavaScript compares: also 0, false, [] and [['']]. */
function isBlank(value: unknown, site: Site): boolean {
  if (isContainer(value)) return site.attempt(() => String(value)) === '';
  if (typeof value === 'string') return value === '';
  return value === undefined || value === null || Number(value) === 0;
}
