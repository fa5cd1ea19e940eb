import { nearName } from './near-name.ts';
import type { ReadTrigger } from './subject.ts';
import { FUNCTIONS } from './trigger-reading.ts';
import { unknownCalls } from './trigger-words.ts';

/** What to do about a trigger that can't be read: the likeliest cause, by what it holds. */
export function unreadableHint({ text, tokens }: ReadTrigger): string {
  if (text.trim() === '') return 'Write a trigger, such as type = "track".';
  if (text.includes('\r')) return 'Remove the carriage returns: only spaces, tabs and line feeds may stand between words.';
  const [unknown] = unknownCalls(tokens);
  if (unknown !== undefined) return functionHint(unknown);
  if (/[\w\]](?:<|>)/.test(text)) return 'Put spaces around < and >.';
  if (text.includes('[')) return String.raw`Put a backslash before brackets: properties.items\[0\].sku.`;
  if (/\([^()]*\([^()]*\(|\(\s*\(/.test(text) || tokens.filter(({ type }) => type === 'parenleft').length > 1) return 'Parentheses can\'t stand inside parentheses, and each needs its ")".';
  return 'Write conditions on type, event, name, userId, properties.…, traits.… or context.…, such as type = "track".';
}

/** What to write in place of a function that doesn't exist. */
export function functionHint(name: string): string {
  const near = nearName(name, FUNCTIONS, 3);
  return `${near === undefined ? '' : `Did you mean ${near}? `}Known are contains(field, "text") and match(field, "start*"); both tell upper from lower case.`;
}
