import { createRequire } from 'node:module';

import type { Liquid } from 'liquidjs';

import { messageOf } from '../../error-text.ts';
import { LIQUID_MAX_CHARS } from '../../limits.ts';
import { plainText } from '../argument.ts';
import type { Directive } from '../directive.ts';
import { withOrdinaryNumbers } from '../ordinary-numbers.ts';

/**
 * Milliseconds to render and characters to parse, as hosted limits them, and units of memory: hosted's are ten times as
 * many, with which a range such as `(1..100000000)` runs for seconds.
 */
const LIMITS = { renderLimit: 500, parseLimit: LIQUID_MAX_CHARS, memoryLimit: 1e7 };
/** Hosted switches off what loops or reads files… */
const DISABLED_TAGS = ['case', 'for', 'include', 'layout', 'render', 'tablerow'];
/** …and what can be made slow. */
export const LIQUID_DISABLED_FILTERS: readonly string[] = [
  'array_to_sentence_string', 'concat', 'find', 'find_exp', 'find_index', 'find_index_exp', 'group_by', 'group_by_exp', 'has', 'has_exp',
  'map', 'newline_to_br', 'reject', 'reject_exp', 'reverse', 'sort', 'sort_natural', 'uniq', 'where_exp', 'type',
];

/** `{"@liquid": "{{ event | downcase }}"}`: a Liquid template over the event; always gives text. */
export const liquid: Directive = {
  check: plainText,
  compile(argument, site) {
    if (typeof argument !== 'string') return site.fails('must be plain text.');
    if (argument === '') return () => '';
    if (argument.length > LIQUID_MAX_CHARS) return site.fails(`has ${argument.length} characters; at most ${LIQUID_MAX_CHARS} are allowed.`);
    const engine = liquidEngine();
    try {
      const parsed = engine.parse(argument);
      return (event) => site.attempt(() => String(engine.renderSync(parsed, scopeOf(event))));
    } catch (error) {
      return site.fails(`is no Liquid that can be rendered: ${messageOf(error).split('\n')[0]}.`);
    }
  },
};

/** A copy at the outermost level, as tags such as increment write there. */
function scopeOf(event: unknown): object {
  const scope = withOrdinaryNumbers(event);
  return Array.isArray(scope) ? [...scope] : { ...Object(scope) };
}

let loadedEngine: Liquid | undefined;

/** Loaded when the first mapping needs it: a fifth of the forward function's code, which hardly any mapping uses. */
function liquidEngine(): Liquid {
  if (loadedEngine !== undefined) return loadedEngine;
  const liquidjs: typeof import('liquidjs') = createRequire(import.meta.filename)('liquidjs');
  const engine = new liquidjs.Liquid({ ...LIMITS, ownPropertyOnly: true });
  for (const name of DISABLED_TAGS) engine.registerTag(name, { parse: () => refuse('tag', name), render: () => refuse('tag', name) });
  for (const name of LIQUID_DISABLED_FILTERS) engine.registerFilter(name, () => refuse('filter', name));
  loadedEngine = engine;
  return engine;
}

function refuse(kind: 'tag' | 'filter', name: string): never {
  throw new Error(`the ${kind} "${name}" is switched off`);
}
