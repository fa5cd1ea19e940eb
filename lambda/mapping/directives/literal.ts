import { directiveOrRaw } from '../argument.ts';
import type { Directive } from '../directive.ts';

/** `{"@literal": true}`: the value itself. Directives inside are evaluated all the same. */
export const literal: Directive = {
  check: directiveOrRaw,
  compile: (argument, site) => site.compile(argument),
};
