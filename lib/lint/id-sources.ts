import { pathsIn, textDirectives } from './field-parts.ts';
import { differsEachTime, outputsOf, variablesOf } from './liquid-text.ts';
import type { LiquidFilter } from './liquid-text.ts';
import { mappingParts } from './mapping-parts.ts';
import { TIME_PATHS } from './segment-fields.ts';
import { isWholeObject } from './shared-paths.ts';

/** One thing that an id is made of. */
export interface IdSource {
  /** The event's field, such as `context.groupId`. */
  readonly path: string;
  /** What Liquid's filters leave of a time or of messageId: all of it, a time to the second, or so little that events share it. */
  readonly leaves: 'all' | 'seconds' | 'little';
}

/** Characters of `2026-01-02T03:04:05` and of its milliseconds. */
const SECONDS_CHARS = 19;
const MILLISECONDS_CHARS = 23;
/** A message id is a UUID, of 36 characters, often with a word before it that all have in common. */
const MESSAGE_ID_CHARS = 30;
const DEFAULT_TRUNCATE_CHARS = 50;
const PRINTS_MILLISECONDS = /%\d*[LNQ]/;
const PRINTS_SECONDS = /%[-_0^#]?(?:[SsTcXr])/;
/** Filters that make one of many values. */
const REDUCING = new Set(['first', 'last', 'size', 'number_of_words', 'truncatewords', 'modulo', 'divided_by', 'floor', 'ceil', 'round', 'date_to_string', 'date_to_long_string']);

/** What an id is made of; none when that can't be told. */
export function idSources(value: unknown): readonly IdSource[] {
  const parts = mappingParts(value);
  const liquids = textDirectives(parts, '@liquid').map(({ text }) => text);
  if (liquids.some((text) => variablesOf(text) === undefined || differsEachTime(text))) return [];
  const written = pathsIn(parts).filter(({ syntax }) => syntax !== 'liquid');
  const paths = written.filter(({ place }) => place.readsEvent).map(({ keys }) => keys.join('.'));
  // Of an object that @transform or @arrayPath picks from, that picked value counts.
  const isPicked = written.some(({ place }) => !place.readsEvent) && paths.some(isWholeObject);
  return isPicked ? [] : [...paths.map((path): IdSource => ({ path, leaves: 'all' })), ...liquids.flatMap(liquidSources)];
}

function liquidSources(text: string): readonly IdSource[] {
  return outputsOf(text).flatMap(({ variables, filters }) => variables.map((keys) => ({ path: keys.join('.'), leaves: leftBy(filters, keys.join('.')) })));
}

function leftBy(filters: readonly LiquidFilter[], path: string): IdSource['leaves'] {
  const isTime = TIME_PATHS.includes(path);
  if (!isTime && path !== 'messageId') return 'all';
  const left = filters.map((filter) => leftByOne(filter, isTime));
  return left.find((leaves) => leaves === 'little') ?? left.find((leaves) => leaves === 'seconds') ?? 'all';
}

function leftByOne({ name, argument }: LiquidFilter, isTime: boolean): IdSource['leaves'] {
  if (REDUCING.has(name)) return 'little';
  if (name === 'date' && isTime) return leftByFormat(argument);
  const chars = charsLeft(name, argument);
  if (!isTime) return chars < MESSAGE_ID_CHARS ? 'little' : 'all';
  if (chars < SECONDS_CHARS) return 'little';
  return chars < MILLISECONDS_CHARS ? 'seconds' : 'all';
}

function leftByFormat(argument: string): IdSource['leaves'] {
  if (/^[^"']/.test(argument) || PRINTS_MILLISECONDS.test(argument)) return 'all';
  return PRINTS_SECONDS.test(argument) ? 'seconds' : 'little';
}

/** How many characters of a text remain. */
function charsLeft(filter: string, argument: string): number {
  const numbers = argument.match(/-?\d+/g)?.map(Number) ?? [];
  if (filter === 'slice') return numbers[1] ?? 1;
  return filter === 'truncate' ? (numbers[0] ?? DEFAULT_TRUNCATE_CHARS) : Infinity;
}
