import { readTemplate } from './placeholders.ts';

/** The directive that a plain text was surely meant as. */
export function meantDirective(text: string): '@path' | '@template' | undefined {
  if (/^\$\.[A-Za-z_]/.test(text)) return '@path';
  return readTemplate(text).paths.length > 0 ? '@template' : undefined;
}

/** True for a plain text like that. What it does is a finding of its own, so other rules leave it alone. */
export function isMeantAsDirective(value: unknown): boolean {
  return typeof value === 'string' && meantDirective(value) !== undefined;
}
