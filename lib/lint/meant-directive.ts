import { readTemplate } from './placeholders.ts';

/** The directive that a plain text was surely meant as. */
export function meantDirective(text: string): '@path' | '@template' | undefined {
  if (/^\$\.[A-Za-z_]/.test(text)) return '@path';
  return readTemplate(text).paths.length > 0 ? '@template' : undefined;
}

/** A text for a sentence, cut where it gets long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
