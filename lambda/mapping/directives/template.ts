import { describeType, isContainer } from '../../json-value.ts';
import { MAX_MADE_CHARS } from '../../limits.ts';
import { directiveOrText, isDirective } from '../argument.ts';
import { TOO_LONG } from '../directive.ts';
import type { Directive, Site } from '../directive.ts';
import { compileKeys, splitKeys } from '../path.ts';
import type { Evaluate } from '../path.ts';
import { cutPlaceholders } from '../placeholders.ts';

/**
 * `{"@template": "{{userId}}-{{event}}"}`: text with values in it, '' for a missing one. As hosted does, `{{{x}}}` are
 * filled in first, and what they bring is searched for `{{y}}` once more.
 */
export const template: Directive = {
  check: directiveOrText,
  compile(argument, site) {
    if (typeof argument === 'string') return compileTemplate(argument, site);
    if (!isDirective(argument)) return site.fails(`must be text or a directive that gives text, but it is ${describeType(argument)}.`);
    const evaluateTemplate = site.compile(argument);
    return (event) => {
      const written = evaluateTemplate(event);
      if (typeof written !== 'string') throw site.error(`needs text as its template, but for this event it got ${describeType(written)}.`);
      return fill(fill(written, 3, event, site), 2, event, site);
    };
  },
};

function compileTemplate(text: string, site: Site): Evaluate {
  const triple = cutPlaceholders(text, 3);
  if (triple.length > 1) {
    const fillTriple = compileParts(triple, site);
    return (event) => fill(fillTriple(event), 2, event, site);
  }
  return compileParts(cutPlaceholders(text, 2), site);
}

/** Text and placeholders in turn, beginning and ending with text. */
function compileParts(parts: readonly string[], site: Site): (event: unknown) => string {
  const [first = '', ...rest] = parts;
  const fillers = rest.flatMap((path, index) => {
    const after = rest[index + 1] ?? '';
    return index % 2 === 0 ? [{ find: compilePlaceholder(path), after }] : [];
  });
  const [only] = fillers;
  if (only === undefined) return () => first;
  if (fillers.length === 1) return (event) => first + textOf(only.find(event), site) + only.after;
  return (event) => {
    let text = first;
    for (const { find, after } of fillers) text = within(text + textOf(find(event), site) + after, site);
    return text;
  };
}

/** Paths in a template keep their `$.`. */
function compilePlaceholder(path: string): Evaluate {
  const keys = splitKeys(path);
  // Inside of @transform there may be no event; hosted then prints an empty object.
  return keys.length === 0 ? (event) => (event === undefined ? {} : event) : compileKeys(keys);
}

function fill(written: string, braces: 2 | 3, event: unknown, site: Site): string {
  let text = '';
  for (const [index, part] of cutPlaceholders(written, braces).entries()) {
    text = within(text + (index % 2 === 0 ? part : textOf(compilePlaceholder(part)(event), site)), site);
  }
  return text;
}

function textOf(value: unknown, site: Site): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return isContainer(value) ? site.attempt(() => String(value)) : String(value);
}

function within(text: string, site: Site): string {
  if (text.length <= MAX_MADE_CHARS) return text;
  throw site.error(TOO_LONG);
}
