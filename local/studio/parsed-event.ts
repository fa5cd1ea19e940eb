import { isObject } from '../../lambda/json-value.ts';
import { MappingError, parseEvent } from '../../lambda/mapping/index.ts';
import type { ParsedEvent } from '../../lambda/mapping/index.ts';

/** The event in a text; undefined if it holds none: no UTF-8, no JSON, or no object. */
export function eventIn(text: string | undefined): ParsedEvent | undefined {
  if (text === undefined) return undefined;
  try {
    const event = parseEvent(text);
    return isObject(event.ordinary) ? event : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** With every digit of its numbers, unless it is nested too deeply for that: then as JavaScript has it. */
export function exactly({ exact, ordinary }: ParsedEvent): unknown {
  try {
    return exact();
  } catch (error) {
    if (error instanceof MappingError) return ordinary;
    throw error;
  }
}
