import { cutPlaceholders } from '../../lambda/mapping/placeholders.ts';

/** Stands for a placeholder in what is left of a template; no template holds it. */
const FILLED = '\u0000';
/** `{plan}`, `${properties.plan}`: what other languages take for a placeholder. */
const SINGLE_BRACES = /\{\s*\$?[A-Za-z_][\w.]{0,100}\s*\}/;

/** True for a template with braces that aren't a placeholder's, and were meant to be. Those of JSON text come in pairs. */
export function hasOddBraces(template: string): boolean {
  const rest = withoutPlaceholders(template);
  if (rest.includes('{{') || SINGLE_BRACES.test(rest)) return true;
  const touchesPlaceholder = rest.includes(`{${FILLED}`) || rest.includes(`${FILLED}}`);
  return (touchesPlaceholder || rest.includes('}}')) && !isBalanced(rest);
}

/** Taken apart as hosted does: triple braces first, then double ones. */
function withoutPlaceholders(template: string): string {
  return cut(cut(template, 3), 2);
}

function cut(text: string, braces: 2 | 3): string {
  return cutPlaceholders(text, braces).filter((_, index) => index % 2 === 0).join(FILLED);
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
