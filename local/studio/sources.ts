import { createRequire } from 'node:module';

import { isContainer, isObject } from '../../lambda/json-value.ts';
import { cutPlaceholders, isDirectiveKey, ROOT_DIRECTIVE_KEY, splitPath } from '../../lambda/mapping/index.ts';
import { splitKeys, walk } from '../../lambda/mapping/path.ts';
import { shownJson } from './shown-json.ts';

/** Characters of one source's value that are shown. */
const VALUE_CHARS = 2_000;
/** More of one field are not shown: nobody reads them. */
const MAX_SOURCES = 50;

/** The keys from the event to a place in it that a mapping reads. */
type Keys = readonly string[];

/** Where in the event one field of a mapping looks, each place once, as it is written. */
export function sourcesOf(mapping: Readonly<Record<string, unknown>>, field: string): readonly Keys[] {
  // A directive for the whole mapping gives all of its fields.
  const root = mapping[ROOT_DIRECTIVE_KEY];
  const found = keysIn(root ?? mapping[field]);
  return [...new Map(found.map((keys) => [pathOf(keys), keys])).values()].slice(0, MAX_SOURCES);
}

/** A source for people, with what the event has there. */
export function sourceView(keys: Keys, event: unknown): { readonly path: string; readonly value?: string } {
  const value = walk(event, keys);
  return value === undefined ? { path: pathOf(keys) } : { path: pathOf(keys), value: shownJson(value, VALUE_CHARS) };
}

/** `$.properties.items[0].price` */
export function pathOf(keys: Keys): string {
  return keys.length === 0 ? '$.' : `$${keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('')}`;
}

function keysIn(part: unknown): readonly Keys[] {
  if (!isContainer(part)) return [];
  if (Array.isArray(part)) return part.flatMap(keysIn);
  const [name, argument] = Object.entries(part).find(([key]) => isDirectiveKey(key)) ?? ['', undefined];
  if (typeof argument === 'string') return keysOfText(name, argument);
  // What they give is the event of the rest, so only the first part reads the event itself.
  if (name === '@arrayPath' && Array.isArray(argument)) return keysOfFirst(argument[0]);
  if (name === '@transform' && isObject(argument)) return keysIn(argument['apply']);
  return Object.values(part).flatMap(keysIn);
}

function keysOfFirst(path: unknown): readonly Keys[] {
  return typeof path === 'string' ? [splitPath(path)] : keysIn(path);
}

function keysOfText(directive: string, text: string): readonly Keys[] {
  if (directive === '@path') return [splitPath(text)];
  if (directive === '@template') return placeholders(text).map(splitKeys);
  return directive === '@liquid' ? liquidVariables(text) : [];
}

/** Those of three braces come first, as the directive fills them. */
function placeholders(text: string): readonly string[] {
  const triple = cutPlaceholders(text, 3);
  const rest = triple.filter((_, index) => index % 2 === 0).join(' ');
  return [triple, cutPlaceholders(rest, 2)].flatMap((parts) => parts.filter((_, index) => index % 2 === 1));
}

function liquidVariables(text: string): readonly Keys[] {
  const { Liquid }: typeof import('liquidjs') = createRequire(import.meta.url)('liquidjs');
  try {
    return new Liquid().globalVariableSegmentsSync(text).map((segments) => segments.flatMap((segment) => (Array.isArray(segment) ? [] : [String(segment)])));
  } catch {
    // The linter says what is wrong with it, and the directive fails by itself.
    return [];
  }
}
