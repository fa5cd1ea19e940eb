import { isObject } from '../../lambda/json-value.ts';
import { readTemplate } from './placeholders.ts';

/** The directive that a plain text was surely meant as. */
export function meantDirective(text: string): '@path' | '@template' | undefined {
  if (/^\$\.[A-Za-z_]/.test(text)) return '@path';
  return readTemplate(text).paths.length > 0 ? '@template' : undefined;
}

/** True for a plain text like that, also in a template, where it is no less plain. What it does is a finding of its own, so other rules leave it alone. */
export function isMeantAsDirective(value: unknown): boolean {
  if (typeof value === 'string') return meantDirective(value) !== undefined;
  const text = isObject(value) ? (value['@template'] ?? value['@liquid']) : undefined;
  return typeof text === 'string' && meantDirective(text) === '@path';
}
