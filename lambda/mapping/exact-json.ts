import { ExactNumber } from '../exact-number.ts';
import { MappingError } from './mapping-error.ts';

/** A Segment event, read as JavaScript has it and, when asked for, with every digit of its numbers. */
export interface ParsedEvent {
  /** With JavaScript's numbers: what triggers see, as the hosted destination does. */
  readonly ordinary: unknown;
  /**
   * With an ExactNumber for each number JavaScript would change; `ordinary` itself when there is none.
   * @throws MappingError if an event that has some is nested too deeply to find them
   */
  exact(): unknown;
  /** The integers JavaScript rounds, as it then prints them: an id that holds one is not the id that was meant. */
  roundedIntegers(): readonly string[];
}

/**
 * Finds, in one pass, text that may hold a number which JavaScript prints otherwise: -0, an exponent, a trailing zero, a
 * fraction under a millionth, or 16 and more digits. Of other numbers the digits come back as they were: doubles keep 15
 * (IEEE 754), and ECMAScript prints them without an exponent. It may be wrong about what stands inside a text: that costs a
 * second parse, for which an event of thousands of levels is nested too deeply. So a blank alone begins no number.
 *
 * It searches for the end of a number and looks back from there: ends are few, and V8 skips from one to the next, so that
 * 500 bytes take 190 ns; 760 ns when it searched for beginnings. No look back goes past the number before, so the time grows with the text only.
 */
const MAY_CHANGE = /\d[,}\] \t\n\r](?<=[:,[]\s*(?:-0|-?(?:\d+\.\d*0|(?=0\.0{6}|\d[\d.]{15})[\d.]{9,}|\d+(?:\.\d+)?[eE][+-]?\d+)).)/s;

const INTEGER = /^-?\d+$/;

/**
 * Parses an event's text. Only a text that may hold a number JavaScript changes is parsed once more, and only when that is
 * asked for: an event no trigger matches costs one parse.
 * @throws SyntaxError if the text is not JSON
 */
export function parseEvent(text: string): ParsedEvent {
  const ordinary: unknown = JSON.parse(text);
  let exact: ExactEvent | undefined;
  const read = (): ExactEvent => (exact ??= MAY_CHANGE.test(text) ? parseExactly(text) : { value: ordinary, roundedIntegers: [] });
  return { ordinary, exact: () => read().value, roundedIntegers: () => read().roundedIntegers };
}

interface ExactEvent {
  readonly value: unknown;
  readonly roundedIntegers: readonly string[];
}

function parseExactly(text: string): ExactEvent {
  const roundedIntegers: string[] = [];
  try {
    const value: unknown = JSON.parse(text, (_name, member: unknown, { source }) => {
      if (typeof member !== 'number' || source === undefined || String(member) === source) return member;
      if (INTEGER.test(source) && !Number.isSafeInteger(member)) roundedIntegers.push(String(member));
      return new ExactNumber(source);
    });
    return { value, roundedIntegers };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new MappingError('', "can't be evaluated for this event: it is nested too deeply to keep the digits of its numbers.");
  }
}

declare global {
  // https://tc39.es/proposal-json-parse-with-source/: in Node 24, not yet in TypeScript's library.
  interface JSON {
    parse(text: string, reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
  }
}
