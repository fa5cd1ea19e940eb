import type { Output } from './io.ts';

/** What a terminal doesn't show, or shows as something else; and the end of a line that JSON may have between its tokens. */
const STEERING = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]|[^\P{Cc}\n\t\r]/gu;
const ESC = '\u001b';
/** Red, green, yellow, and back: those of doctor's own words, as no text of an event brings an ESC this far. */
const COLOUR = new RegExp(`(${ESC}\\[(?:3[1-3]|39)m)`, 'u');

/**
 * The same output, but on a terminal whatever would steer it is written as JSON escapes, which change no value of JSON. Texts
 * for people have nothing left to escape by then; JSON brings along what events hold.
 */
export function safeOnTerminal(output: Output): Output {
  if (!output.isTerminal) return output;
  return { isTerminal: true, write: (text) => output.write(text.split(COLOUR).map(withoutSteering).join('')) };
}

function withoutSteering(part: string): string {
  return COLOUR.test(part) ? part : part.replaceAll('\r', ' ').replaceAll(STEERING, jsonEscape);
}

function jsonEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
