import { ExactNumber } from '../exact-number.ts';
import { isContainer } from '../json-value.ts';

/**
 * The properties with every number, nested ones too, as text of the digits it came with: Metronome reads such text as a
 * number, and no JSON reader on the way can round it. The given value stays as it is.
 * @throws RangeError if it is nested too deeply
 */
export function withNumbersAsText(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, numbersAsText(value)]));
}

function numbersAsText(value: unknown): unknown {
  if (value instanceof ExactNumber) return value.digits;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(numbersAsText);
  return isContainer(value) ? withNumbersAsText(value) : value;
}
