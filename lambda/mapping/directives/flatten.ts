import { isContainer, isObject } from '../../json-value.ts';
import { MAX_MADE_CHARS } from '../../limits.ts';
import { directiveOrRaw, objectWith, optional, plainText, required } from '../argument.ts';
import { TOO_LONG } from '../directive.ts';
import type { Directive, Site } from '../directive.ts';
import { withoutUndefined } from '../without-undefined.ts';

/**
 * `{"@flatten": {"separator": ".", "value": …}}`: one level, with the keys joined. Arrays by their index, unless
 * `omitArrays` is there (hosted takes any value but false, 0, '' and null for yes). What isn't an object goes under ''.
 */
export const flatten: Directive = {
  check: objectWith({ separator: optional(plainText), value: required(directiveOrRaw) }),
  compile(argument, site) {
    if (!isObject(argument)) return site.fails('must be an object with "separator" and "value".');
    if (!argument['separator']) return site.fails('needs a "separator".');
    const evaluateSeparator = site.compile(argument['separator'], 'separator');
    // Of two equal keys the later wins, also when it is undefined.
    const evaluate = site.compileKeepingUndefined(argument['value'], 'value');
    const omitArrays = Boolean(argument['omitArrays']);
    return (event) => {
      const separator = evaluateSeparator(event);
      if (typeof separator !== 'string') throw site.error('needs a "separator" that is text.');
      const flattening = new Flattening(separator, omitArrays, site);
      const value = evaluate(event);
      site.attempt(() => flattening.add(value, ''));
      return site.keepsUndefined ? flattening.flat : site.attempt(() => withoutUndefined(flattening.flat));
    };
  },
};

class Flattening {
  readonly flat: Record<string, unknown> = {};
  readonly #separator: string;
  readonly #omitArrays: boolean;
  readonly #site: Site;
  #keyChars = 0;

  constructor(separator: string, omitArrays: boolean, site: Site) {
    this.#separator = separator;
    this.#omitArrays = omitArrays;
    this.#site = site;
  }

  add(value: unknown, prefix: string): void {
    if (isContainer(value) && !(this.#omitArrays && Array.isArray(value))) {
      // An empty prefix isn't joined, so a key '' vanishes.
      for (const key of Object.keys(value)) this.add(value[key], prefix === '' ? key : `${prefix}${this.#separator}${key}`);
      return;
    }
    this.#keyChars += prefix.length;
    if (this.#keyChars > MAX_MADE_CHARS) throw this.#site.error(TOO_LONG);
    // Assigning it would set the prototype.
    if (prefix !== '__proto__') this.flat[prefix] = value;
  }
}
