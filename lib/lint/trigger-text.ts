import type { Token } from '@segment/fql-ts';

/** Words that need no space before them, or after them. */
const TIGHT_BEFORE: ReadonlySet<string> = new Set(['comma', 'parenright', 'dot']);
const TIGHT_AFTER: ReadonlySet<string> = new Set(['parenleft', 'dot']);

/** Tokens as a trigger again, for a suggestion. */
export function triggerText(tokens: readonly Token[]): string {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'eos') break;
    const previous = tokens[index - 1];
    const isCall = token.type === 'parenleft' && previous?.type === 'ident' && /^(?:contains|match)$/.test(previous.value);
    const isTight = previous === undefined || isCall || previous.value === '!' || TIGHT_BEFORE.has(token.type) || TIGHT_AFTER.has(previous.type);
    text += `${isTight ? '' : ' '}${token.type === 'ident' ? escapeField(token.value) : token.value}`;
  }
  return text;
}

/** A text value with the quotes that count. */
export function inDoubleQuotes(value: string): string {
  return `"${value.replaceAll('"', '')}"`;
}

/** The text between the quotes, whichever they are. */
export function unquoted(value: string): string {
  return /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}

/** In a field name every character but these needs a backslash. */
function escapeField(field: string): string {
  return field.replaceAll(/[^\w.-]/g, String.raw`\$&`);
}
