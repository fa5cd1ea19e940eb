import { describeType } from '../../json-value.ts';
import { directiveOrText, isDirective } from '../argument.ts';
import type { Directive } from '../directive.ts';
import { compileKeys, splitPath, walk } from '../path.ts';

/** `{"@path": "$.properties.plan"}`: the value found there, or nothing. */
export const path: Directive = {
  check: directiveOrText,
  compile(argument, site) {
    if (typeof argument === 'string') return compileKeys(splitPath(argument));
    if (!isDirective(argument)) return site.fails(`must be text or a directive that gives text, but it is ${describeType(argument)}.`);
    const evaluatePath = site.compile(argument);
    return (event) => {
      const written = evaluatePath(event);
      if (typeof written === 'string') return walk(event, splitPath(written));
      throw site.error(`needs text as its path, but for this event it got ${describeType(written)}.`);
    };
  },
};
