import type { Token } from '@segment/fql-ts';

import { hostedParts } from './subject.ts';
import type { Subject } from './subject.ts';
import { FUNCTIONS, isComparison, tokenAt } from './trigger-reading.ts';
import type { TriggerPart } from './trigger-reading.ts';

export const CONNECTIVES = ['and', 'or'];
export const NEGATIONS = ['not', '!'];

/** A comma is meant as one more `or`. */
const STRAY_TYPES: ReadonlySet<string> = new Set(['string', 'number', 'comma']);

/** A word that hosted passes over, and the one after it. */
type SkippedWord = Extract<TriggerPart, { kind: 'skipped' }>;

/** Every word of a trigger that hosted passes over. */
export function skippedWords(subject: Subject): readonly SkippedWord[] {
  return hostedParts(subject).filter((part) => part.kind === 'skipped');
}

/** Skipped words that no other rule speaks of. A leftover `)` changes nothing, and a skipped field takes its value along. */
export function strayWords(subject: Subject): readonly SkippedWord[] {
  const skipped = skippedWords(subject);
  const fields = skipped.filter(({ token, next }) => token.type === 'ident' && next.type !== 'parenleft' && !isSpelling(token.value, [...CONNECTIVES, ...NEGATIONS]));
  const isAnother = unknownCalls(subject.trigger.tokens).length > 0 || hostedParts(subject).some((part) => part.kind === 'condition' && !isComparison(part));
  if (isAnother) return fields.filter(({ next }) => next.type === 'operator');
  return fields.length > 0 ? fields : skipped.filter(({ token }) => STRAY_TYPES.has(token.type));
}

/** Names that are called like functions and are none. */
export function unknownCalls(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ type, value }, at) => {
    const isCall = type === 'ident' && tokenAt(tokens, at + 1).type === 'parenleft';
    return isCall && !FUNCTIONS.includes(value) && !isSpelling(value, [...CONNECTIVES, ...NEGATIONS]) ? [value] : [];
  });
}

/** True for one of the words in any letter case. */
export function isSpelling(word: string, of: readonly string[]): boolean {
  return of.includes(word.toLowerCase());
}
