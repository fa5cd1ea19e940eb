import { lex, t } from '@segment/fql-ts';
import type { Token } from '@segment/fql-ts';

/** What the hosted destination makes of a trigger's words, in order. It reads the two words after a field as operator and value, whatever they are. */
export type TriggerPart =
  | { readonly kind: 'condition'; readonly field: string; readonly operator: Token; readonly value: Token }
  | { readonly kind: 'call'; readonly name: string; readonly isNegated: boolean; readonly field: string; readonly value: Token }
  | { readonly kind: 'connective'; readonly word: string }
  | { readonly kind: 'group'; readonly parts: readonly TriggerPart[] }
  /** A word without effect, and the one after it. */
  | { readonly kind: 'skipped'; readonly token: Token; readonly next: Token };

export type TriggerCondition = Extract<TriggerPart, { kind: 'condition' }>;
export type TriggerCall = Extract<TriggerPart, { kind: 'call' }>;

/** Where a group ends: hosted takes the first `)`, people mean the matching one. */
type GroupEnd = 'first' | 'matching';

export const CONDITION_FIELDS = ['type', 'event', 'name', 'userId', 'properties', 'traits', 'context'];
export const FUNCTIONS = ['contains', 'match'];
export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];
const VALUE_TYPES: ReadonlySet<string> = new Set(['string', 'number', 'ident', 'null']);
const CALL_FIELD = /^(?:event$|name$|userId$|properties|traits|context)/;
const END: Token = t.EOS();

/** The words of a trigger, dotted fields joined. `problem` is the lexer's sentence when a character can't be read. */
export function triggerTokens(trigger: string): { readonly tokens: readonly Token[]; readonly problem: string | undefined } {
  const { tokens, error } = lex(trigger);
  return { tokens: joinDots(tokens), problem: error?.message };
}

/** The parts as hosted reads them (`first`), or with the parentheses as written (`matching`). */
export function triggerParts(tokens: readonly Token[], groupEnd: GroupEnd): readonly TriggerPart[] {
  const parts: TriggerPart[] = [];
  let at = 0;
  while (at < tokens.length && tokenAt(tokens, at).type !== 'eos') {
    const { part, length } = readPart(tokens, at, groupEnd);
    parts.push(part);
    at += length;
  }
  return parts;
}

/** All parts, those inside groups too. */
export function allParts(parts: readonly TriggerPart[]): readonly TriggerPart[] {
  return parts.flatMap((part) => (part.kind === 'group' ? [part, ...allParts(part.parts)] : [part]));
}

/** True for a condition with an operator and a value that mean something. */
export function isComparison({ operator, value }: Pick<TriggerCondition, 'operator' | 'value'>): boolean {
  return COMPARISONS.includes(operator.value) && isValue(value);
}

/** True for a word that can be compared with: not a bracket, an operator or the end. */
export function isValue({ type }: Token): boolean {
  return VALUE_TYPES.has(type);
}

/** True for a call that hosted keeps; others it drops without a word. */
export function isCallField(field: string): boolean {
  return CALL_FIELD.test(field);
}

export function tokenAt(tokens: readonly Token[], at: number): Token {
  return tokens[at] ?? END;
}

function readPart(tokens: readonly Token[], at: number, groupEnd: GroupEnd): { readonly part: TriggerPart; readonly length: number } {
  const token = tokenAt(tokens, at);
  const next = tokenAt(tokens, at + 1);
  const [root = ''] = token.value.split('.');
  if (token.type === 'ident' && CONDITION_FIELDS.includes(root)) {
    return { part: { kind: 'condition', field: token.value, operator: next, value: tokenAt(tokens, at + 2) }, length: 3 };
  }
  if (isFunction(token)) return { part: callAt(tokens, at, false), length: 6 };
  if (token.type === 'operator' && token.value === '!' && isFunction(next)) return { part: callAt(tokens, at + 1, true), length: 7 };
  if (token.type === 'conditional') return { part: { kind: 'connective', word: token.value }, length: 1 };
  if (token.type !== 'parenleft') return { part: { kind: 'skipped', token, next }, length: 1 };
  const end = groupEndAt(tokens, at, groupEnd);
  return { part: { kind: 'group', parts: triggerParts(tokens.slice(at + 1, end), groupEnd) }, length: end - at + 1 };
}

/** Arguments are taken by position: `(`, field, `,`, value, `)`. */
function callAt(tokens: readonly Token[], at: number, isNegated: boolean): TriggerPart {
  return { kind: 'call', name: tokenAt(tokens, at).value, isNegated, field: tokenAt(tokens, at + 2).value, value: tokenAt(tokens, at + 4) };
}

function groupEndAt(tokens: readonly Token[], start: number, groupEnd: GroupEnd): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const { type } = tokenAt(tokens, at);
    if (type === 'parenleft') depth += 1;
    if (type === 'parenright') depth -= 1;
    if (type === 'parenright' && (groupEnd === 'first' || depth === 0)) return at;
  }
  return tokens.length;
}

function isFunction(token: Token): boolean {
  return token.type === 'ident' && FUNCTIONS.includes(token.value);
}

function joinDots(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokenAt(tokens, at);
    const last = joined.at(-1);
    const next = tokenAt(tokens, at + 1);
    if (last?.type === 'ident' && token.type === 'dot' && next.type === 'ident') {
      joined[joined.length - 1] = { type: last.type, value: `${last.value}.${next.value}` };
      at += 1;
    } else joined.push(token);
  }
  return joined;
}
