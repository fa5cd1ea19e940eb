/**
 * What a person wouldn't see, or would see as something else: control characters, formats that turn the writing around, ends
 * of lines, halves of characters. The joiner of emoji (U+200D) stays: it hides nothing.
 */
const UNSEEN = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A value of an event as it may be shown on one line: what hides or turns text is an escape, such as \u202e. */
export function visible(value: string): string {
  return value.replaceAll(UNSEEN, escaped);
}

/** The same for text of many lines: line feeds stay, and tabs. */
export function visibleLines(text: string): string {
  return text.replaceAll(UNSEEN, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));
}

/** The beginning of a text, whole characters only. */
export function cut(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : text.slice(0, maxChars).replace(/[\ud800-\udbff]$/u, '');
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
