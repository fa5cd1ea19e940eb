import { Help } from 'commander';

/** The width everything for people is made for, in characters. */
export const COLUMNS = 80;

const COLUMN_WIDTH = 9;
const COUNT = new Intl.NumberFormat('en-US');
/**
 * What a text from outside may hold and a person wouldn't see, or would see as something else: control characters, which
 * steer a terminal; formats, among them those that turn the writing around; ends of lines; halves of characters; and what
 * Unicode keeps out of texts.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const LINE_FEED = '\n';
const WRAPPING = new Help();
/** Stands for a space that no line may break at: a character that Unicode keeps out of texts. */
const GLUE = '\ufdd0';

/** `1 event`, `2,000 events` */
export function count(amount: number, noun: string): string {
  return `${COUNT.format(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** A count as a column of them, right-aligned: up to 9 characters, so 9,999,999. */
export function column(amount: number): string {
  return COUNT.format(amount).padStart(COLUMN_WIDTH);
}

/**
 * A value of an event as a person may see it: whatever would steer the terminal, break the line or hide is shown as an
 * escape, such as \u001b.
 */
export function visible(value: string): string {
  return value.replaceAll(UNSEEN, escaped);
}

/** The same for lines already put together: their ends stay. Values that may hold line feeds go through {@link visible} first. */
export function printable(text: string): string {
  return text.replaceAll(UNSEEN, (character) => (character === LINE_FEED ? character : escaped(character)));
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** A paragraph in lines of 80 characters, each after the indent. A word that is longer stays whole. */
export function wrap(text: string, indent: string): string {
  const lines = WRAPPING.boxWrap(text, COLUMNS - indent.length).replaceAll(GLUE, ' ').split('\n');
  return lines.map((line) => indent + line).join('\n');
}

/** A name that {@link wrap} keeps whole, so that it can be copied. */
export function unbroken(name: string): string {
  return name.replaceAll(' ', GLUE);
}

/** Words and a name after them; on a line of its own if it doesn't fit. */
export function besideOrBelow(words: string, name: string, indent: string): string {
  const line = `${words}  ${name}`;
  return line.length <= COLUMNS ? line : `${words}\n${indent}${name}`;
}

/** Parts side by side, as many as fit into a line of 80 characters. */
export function flow(parts: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1) ?? ''}  ${part}`;
    if (lines.length > 0 && indent.length + joined.length <= COLUMNS) lines.splice(-1, 1, joined);
    else lines.push(part);
  }
  return lines.map((line) => indent + line).join('\n');
}
