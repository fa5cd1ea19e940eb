import { ExactNumber } from '../../exact-number.ts';
import { isObject } from '../../json-value.ts';
import { directiveOrText, objectWith, optional, required, textOfLength, trueOrFalse } from '../argument.ts';
import type { Directive, Site } from '../directive.ts';

/** Most characters of a pattern and of a replacement. */
const MAX_CHARS = 10;
/** What a regular expression would take for more than itself. */
const SPECIAL = /[-[\]{}()*+?.,\\^$|#\s]/g;

type Replace = (text: string) => string;

/**
 * `{"@replace": {"pattern": "-", "replacement": "", "value": …}}`: literal text replaced, everywhere unless `global` is
 * false. `$&` and its like in the replacement keep JavaScript's meaning. Of anything but text, numbers and booleans: ''.
 */
export const replace: Directive = {
  check: objectWith({
    pattern: required(textOfLength(1, MAX_CHARS)),
    replacement: optional(textOfLength(0, MAX_CHARS)),
    value: required(directiveOrText),
    ignorecase: optional(trueOrFalse),
    global: optional(trueOrFalse),
  }),
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "pattern" and "value".');
    if (!argument['pattern']) return site.fails('needs a "pattern".');
    if (!argument['value']) return () => undefined;
    const evaluate = site.compile(argument['value'], 'value');
    const replaceAll = replacements(argument, site);
    return (event) => {
      const text = textOf(evaluate(event));
      if (text === undefined || replaceAll === undefined) return '';
      return site.attempt(() => replaceAll(text));
    };
  },
};

/** Undefined when an option has the wrong type, which only hosted's validation would have found: then nothing comes out. */
function replacements(argument: Readonly<Record<string, unknown>>, site: Site): Replace | undefined {
  const { pattern, replacement, ignorecase, global, pattern2, replacement2 } = argument;
  if (typeof pattern !== 'string' || typeof (replacement ?? '') !== 'string') return undefined;
  if (typeof (ignorecase ?? false) !== 'boolean' || typeof (global ?? true) !== 'boolean') return undefined;
  const flags = `${(global ?? true) ? 'g' : ''}${ignorecase ? 'i' : ''}`;
  const first = literalReplacement(pattern, String(replacement ?? ''), flags, site);
  if (typeof pattern2 !== 'string' || pattern2 === '' || typeof (replacement2 ?? '') !== 'string') return first;
  const second = literalReplacement(pattern2, String(replacement2 ?? ''), flags, site);
  return (text) => second(first(text));
}

function literalReplacement(pattern: string, replacement: string, flags: string, site: Site): Replace {
  const problem = `allows at most ${MAX_CHARS} characters in a pattern and in a replacement.`;
  if (pattern.length > MAX_CHARS || replacement.length > MAX_CHARS) {
    site.fails(problem);
    return () => {
      throw site.error(problem);
    };
  }
  const literal = new RegExp(pattern.replace(SPECIAL, '\\$&'), flags);
  return (text) => text.replace(literal, replacement);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const isPrintable = typeof value === 'number' || typeof value === 'boolean' || value instanceof ExactNumber;
  return isPrintable ? String(value) : undefined;
}
