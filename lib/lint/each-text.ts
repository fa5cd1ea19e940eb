import { textDirectives } from './field-parts.ts';
import { eachMapping } from './rule.ts';
import type { Rule } from './rule.ts';
import { spotAt } from './spot.ts';
import type { Advice } from './spot.ts';

/** A check of each directive of one kind whose argument is text. */
export function eachText(name: string, check: (text: string) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => textDirectives(subject.parts, name).flatMap(({ text, place }) => check(text).map((advice) => spotAt(subject, place.keys, advice))));
}
