import { isObject } from '../../json-value.ts';
import { MAX_MADE_CHARS } from '../../limits.ts';
import { directiveOrRaw, objectWith, oneOf, required } from '../argument.ts';
import { TOO_LONG } from '../directive.ts';
import type { Directive, Site } from '../directive.ts';
import { withOrdinaryNumbers } from '../ordinary-numbers.ts';

/** `{"@json": {"mode": "encode", "value": …}}`: a value as JSON text; `decode` the other way, text that isn't JSON unchanged. */
export const json: Directive = {
  check: objectWith({ value: required(directiveOrRaw), mode: required(oneOf('encode', 'decode')) }),
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "mode" and "value".');
    if (!argument['mode']) return site.fails('needs the "mode" "encode" or "decode".');
    if (!argument['value']) return site.fails('needs a "value" that isn\'t empty.');
    const evaluate = site.compile(argument['value'], 'value');
    if (argument['mode'] === 'encode') return (event) => encode(evaluate(event), site);
    if (argument['mode'] === 'decode') return (event) => decode(evaluate(event));
    // Validation takes any letter case, the run only these; hosted still evaluates the value, which may fail.
    return (event) => {
      evaluate(event);
      return undefined;
    };
  },
};

/** Undefined of undefined, as JSON.stringify has it. */
function encode(value: unknown, site: Site): string | undefined {
  const text: string | undefined = site.attempt(() => JSON.stringify(withOrdinaryNumbers(value)));
  if (text !== undefined && text.length > MAX_MADE_CHARS) throw site.error(TOO_LONG);
  return text;
}

function decode(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
