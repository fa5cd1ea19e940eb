/**
 * Cuts a template at its placeholders: text and trimmed paths in turn, beginning and ending with text. A placeholder is
 * the first `{{` (or `{{{`) that is followed by one or more characters other than `}` and then by as many `}`. One pass over
 * the text, whatever its braces: events can bring their own.
 */
export function cutPlaceholders(text: string, braces: 2 | 3): readonly string[] {
  const open = '{'.repeat(braces);
  const close = '}'.repeat(braces);
  const parts: string[] = [];
  let textStart = 0;
  let searchFrom = 0;
  for (;;) {
    const start = text.indexOf(open, searchFrom);
    const end = start === -1 ? -1 : text.indexOf('}', start + braces);
    if (end === -1) return [...parts, text.slice(textStart)];
    if (end > start + braces && text.startsWith(close, end)) {
      parts.push(text.slice(textStart, start), text.slice(start + braces, end).trim());
      textStart = end + braces;
      searchFrom = textStart;
    } else {
      // No placeholder can begin before this brace: it would meet the same one.
      searchFrom = end + 1;
    }
  }
}
