import { messageOf } from '../../lambda/error-text.ts';
import { MappingError, parseEvent } from '../../lambda/mapping/index.ts';

/** JSON with every digit of its numbers, so that they can be written as they were; or why it isn't JSON. */
export function parseExact(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: parseEvent(text).exact() };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: messageOf(error) };
    if (error instanceof MappingError) return { problem: 'it is nested too deeply' };
    throw error;
  }
}
