/** The bytes that structure JSON and lines. In UTF-8 they never occur inside another character. */
export const LINE_FEED = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** The four that JSON allows between values: https://www.rfc-editor.org/rfc/rfc8259#section-2 */
export function isWhitespace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}

/** Without the whitespace around; a view, not a copy. */
export function trimmed(bytes: Buffer): Buffer {
  let start = 0;
  let end = bytes.length;
  while (start < end && isWhitespace(bytes[start])) start += 1;
  while (end > start && isWhitespace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
