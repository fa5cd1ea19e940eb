import { isObject } from '../../json-value.ts';
import { directiveOrObject, objectWith, required } from '../argument.ts';
import type { Directive } from '../directive.ts';

/** `{"@transform": {"apply": …, "mapping": …}}`: what `apply` makes of the event becomes the event for `mapping`. */
export const transform: Directive = {
  check: objectWith({ apply: required(directiveOrObject), mapping: required(directiveOrObject) }),
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "apply" and "mapping".');
    if (!argument['mapping']) return site.fails('needs a "mapping".');
    if (!isObject(argument['apply'])) return site.fails('needs an "apply" that is an object.');
    const apply = site.compileMapping(argument['apply'], 'apply');
    const evaluate = site.compile(argument['mapping'], 'mapping');
    return (event) => evaluate(apply(event));
  },
};
