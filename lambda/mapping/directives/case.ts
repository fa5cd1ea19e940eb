import { isObject } from '../../json-value.ts';
import { directiveOrText, objectWith, optional, plainText } from '../argument.ts';
import type { Directive } from '../directive.ts';

/** `{"@case": {"operator": "lower", "value": …}}`: text in lower or upper case; other values pass unchanged. */
export const letterCase: Directive = {
  check: objectWith({ operator: optional(plainText), value: optional(directiveOrText) }),
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "operator" and "value".');
    const { operator, value } = argument;
    if (!operator) return site.fails('needs the "operator" "lower" or "upper".');
    if (!value) return () => undefined;
    const evaluate = site.compile(value, 'value');
    const convert = operator === 'lower' ? toLower : toUpper;
    const isKnown = operator === 'lower' || operator === 'upper';
    if (!isKnown) site.fails('has an "operator" other than "lower" and "upper", which fails for every text.');
    return (event) => {
      const text = evaluate(event);
      if (typeof text !== 'string') return text;
      if (isKnown) return convert(text);
      throw site.error('has an "operator" other than "lower" and "upper".');
    };
  },
};

function toLower(text: string): string {
  return text.toLowerCase();
}

function toUpper(text: string): string {
  return text.toUpperCase();
}
