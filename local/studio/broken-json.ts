import { jsonLanguage } from '@codemirror/lang-json';

/** So much of what stands at the place is quoted, in characters. */
const QUOTED_CHARS = 20;

/**
 * Why a text is no JSON, and where in it: engines say so in words of their own, and often without the place. Undefined of JSON.
 */
export function brokenJson(text: string): string | undefined {
  if (isJson(text)) return undefined;
  if (text.trim() === '') return 'It is empty.';
  const at = firstBroken(text);
  const rest = text.slice(at).trimStart();
  if (rest === '') return `It is not JSON: it ends too early, at ${placeOf(text, text.length)}. A closing quote or bracket is missing.`;
  const place = placeOf(text, text.length - rest.length);
  return `It is not JSON: look at ${place}, before ${quoted(firstWord(rest))}. A comma, quote or bracket is missing or too much there.`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where the grammar is first at a loss, in UTF-16 units. */
function firstBroken(text: string): number {
  const cursor = jsonLanguage.parser.parse(text).cursor();
  do {
    if (cursor.type.isError) return cursor.from;
  } while (cursor.next());
  return text.length;
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** A text of the file has its quotes already. */
function quoted(word: string): string {
  return word.startsWith('"') && word.length > 1 ? word : JSON.stringify(word);
}

function firstWord(text: string): string {
  const word = /^(?:"(?:[^"\\\n]|\\.)*"|[\w.+-]+|.)/u.exec(text)?.[0] ?? '';
  return [...word].slice(0, QUOTED_CHARS).join('');
}
