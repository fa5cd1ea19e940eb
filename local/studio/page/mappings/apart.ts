import { membersAt } from '../json/members.ts';
import { isJson } from '../json/scan.ts';

/** The text of a mappings file, taken apart: each entry can be edited, even be no JSON for a while, and the others stay. */
export interface Apart {
  /** Up to the list's opening bracket, without it. */
  readonly head: string;
  /** Each as if it stood alone, not indented. */
  readonly entries: readonly string[];
  /** From behind the list's closing bracket. */
  readonly tail: string;
}

const INDENT = '    ';

/** @returns nothing if the text is no JSON, or holds no list of mappings */
export function takeApart(text: string): Apart | undefined {
  if (!isJson(text)) return undefined;
  const list = membersAt(text).find(({ key }) => key === 'mappings');
  if (list === undefined || text.charAt(list.valueFrom) !== '[') return undefined;
  const entries = membersAt(text, list.valueFrom).map(({ valueFrom, to }) => notIndented(text.slice(valueFrom, to)));
  return { head: text.slice(0, list.valueFrom), entries, tail: text.slice(list.to) };
}

export function putTogether({ head, entries, tail }: Apart): string {
  if (entries.length === 0) return `${head}[]${tail}`;
  return `${head}[\n${entries.map(indented).join(',\n')}\n  ]${tail}`;
}

/**
 * The entry that a place in the file belongs to, and the place in it.
 * @param offset in what {@link putTogether} makes, in UTF-16 units
 */
export function placeOf({ head, entries }: Apart, offset: number): { readonly entry: number; readonly offset: number } | undefined {
  let lineStart = head.length + 2;
  for (const [entry, text] of entries.entries()) {
    let inEntry = 0;
    for (const line of text.split('\n')) {
      const indent = line === '' ? 0 : INDENT.length;
      const lineEnd = lineStart + indent + line.length;
      if (offset <= lineEnd) return { entry, offset: inEntry + Math.max(0, offset - lineStart - indent) };
      inEntry += line.length + 1;
      lineStart = lineEnd + 1;
    }
    lineStart += 1;
  }
  return undefined;
}

/** Only line feeds end a line here: to `^` U+2028 does as well, which may stand in a text. */
function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : INDENT + line))
    .join('\n');
}

/** An entry's first line is cut out behind its indent; the closing line has the indent of all. */
function notIndented(text: string): string {
  const [first = '', ...others] = text.split('\n');
  const indents = others.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return [first, ...others.map((line) => line.slice(shared))].join('\n').replaceAll('\r', '');
}
