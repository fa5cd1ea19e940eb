/**
 * Cuts pieces out of JSON text without touching them, so that numbers keep every digit. All functions here expect text
 * that `JSON.parse` has accepted.
 */

/** The exact text of each element of a JSON array. */
export function rawElements(arrayText: string): string[] {
  return rawParts(arrayText).map((part) => part.trim());
}

/** The exact text of one member of a JSON object; of a repeated key, the last, as `JSON.parse` has it. */
export function rawMember(objectText: string, key: string): string | undefined {
  let value: string | undefined;
  for (const part of rawParts(objectText)) {
    const member = part.trim();
    const keyEnd = stringEnd(member, 0);
    if (JSON.parse(member.slice(0, keyEnd)) === key) value = member.slice(member.indexOf(':', keyEnd) + 1).trim();
  }
  return value;
}

/** What stands between the outer brackets, cut at the commas of the outermost level. */
function rawParts(text: string): string[] {
  const parts: string[] = [];
  const inner = text.trim().slice(1, -1);
  let depth = 0;
  let start = 0;
  for (let at = 0; at < inner.length; at += 1) {
    const char = inner[at];
    if (char === '"') at = stringEnd(inner, at) - 1;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(inner.slice(start, at));
      start = at + 1;
    }
  }
  const last = inner.slice(start);
  return last.trim() === '' ? parts : [...parts, last];
}

/** The index just after the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
