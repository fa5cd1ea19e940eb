import { isContainer, isObject } from '../../json-value.ts';
import { directiveOrText } from '../argument.ts';
import type { Check } from '../argument.ts';
import type { Directive } from '../directive.ts';
import { compileKeys, splitPath } from '../path.ts';

const check: Check = (argument, at) => {
  if (!Array.isArray(argument)) return at.refuse('must be an array of a path and the shape of an item.');
  directiveOrText(argument[0], at.inside('0'));
  if (argument.length > 1) at.inside('1').validate(argument[1]);
};

/**
 * `{"@arrayPath": ["$.properties.products", {"sku": {"@path": "$.sku"}}]}`: each item found there (an object counts as one
 * item) becomes the shape, for which the item is the event. Without a shape, or of anything else: what is found there.
 */
export const arrayPath: Directive = {
  check,
  compile(argument, site) {
    if (!Array.isArray(argument)) return site.fails('must be an array of a path and the shape of an item.');
    const [path, shape]: readonly unknown[] = argument;
    const find = typeof path === 'string' ? compileKeys(splitPath(path)) : site.compile(path, '0');
    if (!isObject(shape) || Object.keys(shape).length === 0) return find;
    const shapeItem = site.compile(shape, '1');
    return (event) => {
      const found = find(event);
      if (!isContainer(found)) return found;
      return (Array.isArray(found) ? found : [found]).map((item) => shapeItem(item));
    };
  },
};
