import type { WrittenPath } from './field-parts.ts';
import type { Advice } from './spot.ts';

const KNOWN = 'A path is written like $.properties.items[0].sku.';
const NAME_ONE = `Name one item, as in [0], or take the whole list with @arrayPath. ${KNOWN}`;

/** How a path fails to be one, in the order in which the sentences are tried. `missing` begins the sentence. */
const PROBLEMS: readonly ((written: WrittenPath, missing: string) => Advice | false)[] = [
  ({ path }, missing) => path.trim() === '$' && [`${missing}: it looks for a field named $.`, 'Write $. for the whole event.'],
  ({ path }, missing) => /^\$\s*\[/.test(path) && [`${missing}: it looks for a field named $.`, 'Write $.properties, with a dot after the $.'],
  ({ path }, missing) => /[{}]/.test(path) && [`${missing}: braces count as a part of the key.`, `${KNOWN} Placeholders belong in @template.`],
  ({ path, syntax }, missing) => isExpression(path, syntax) && [`${missing}: a path has no filters and no operators.`, 'Use {"@liquid": "{{ properties.plan | downcase }}"} for filters, @case for letters, and @if for a fallback.'],
  ({ path }) => path.includes('..') && [`${JSON.stringify(path)} doesn't search at every depth: two dots count as one.`, 'Write the whole path.'],
  ({ path }, missing) => /\[\s*[?:*-]|\[\d*[:,]|(?:^|\.)(?:\*|-\d+)(?:$|[.[])/.test(path) && [`${missing}: wildcards, filters, ranges and negative indexes don't exist.`, NAME_ONE],
  ({ path }, missing) => /\[\s*(["'])[^"']*\.[^"']*\1/.test(path) && [`${missing}: a dot splits a key, in quotes too, and a key with a dot can't be reached.`, 'Send the value under a key without a dot, or read it in a @liquid template: {{ properties["a.b"] }}.'],
  ({ path, keys }, missing) => keys.some((key) => /[[\]]/.test(key)) && !/(["'])[^"']*[[\]][^"']*\1/.test(path) && [`${missing}: brackets hold digits or a quoted key; any other count as a part of the key.`, NAME_ONE],
  ({ keys }, missing) => keys.some((key) => /\w\(\d*\)$/.test(key)) && [`${missing}: a path calls no functions, and parentheses count as a part of the key.`, `Write items[0], and items.length for how many there are. ${KNOWN}`],
  ({ keys }, missing) => keys.some((key) => key !== key.trim()) && [`${missing}: blanks count as a part of the key.`, `Remove them. ${KNOWN}`],
];

/** What is wrong with how a path is written, so that it finds nothing. Liquid's parser speaks for its own. */
export function syntaxProblem(written: WrittenPath): Advice | undefined {
  // A template's path with a $ is a rule of its own.
  if (written.syntax === 'liquid' || (written.syntax === 'template' && written.path.startsWith('$'))) return undefined;
  const missing = `The path ${JSON.stringify(written.path)} finds nothing`;
  for (const problemOf of PROBLEMS) {
    const problem = problemOf(written, missing);
    if (problem !== false) return problem;
  }
  return undefined;
}

function isExpression(path: string, syntax: WrittenPath['syntax']): boolean {
  return /\||\?\?|&&| [+*/] /.test(path) || (syntax === 'template' && /^[#/^!>]/.test(path));
}
