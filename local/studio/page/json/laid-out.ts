import { jsonLines } from './lines.ts';
import { isJson } from './scan.ts';

/** Beyond this, in UTF-16 units, it stays in the layout it has. */
const MOST_CHARS = 200_000;
const DEEPEST_INDENT = 50;

/** JSON with a line for each member, each value as it is written; what is none stays as it is. */
export function laidOut(text: string): string {
  if (text.length > MOST_CHARS || !isJson(text)) return text;
  const lines = jsonLines(text).map(({ depth, tokens }) => '  '.repeat(Math.min(depth, DEEPEST_INDENT)) + tokens.map((token) => token.text).join(''));
  return [...lines].join('\n');
}
