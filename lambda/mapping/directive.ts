import { MAX_MADE_CHARS } from '../limits.ts';
import type { Check } from './argument.ts';
import type { MappingError } from './mapping-error.ts';
import type { Evaluate } from './path.ts';

/** One directive of the mapping kit: what hosted's validation wants of its argument, and what it does at run time. */
export interface Directive {
  readonly check: Check;
  /**
   * Makes the closure, once. Where hosted would throw whatever the event, this says `site.fails`: validation doesn't look
   * everywhere, and what never runs harms nobody.
   */
  compile(argument: unknown, site: Site): Evaluate;
}

/** Where a directive stands, and how it compiles the parts of its argument. */
export interface Site {
  /**
   * True where an object has to keep members that are undefined: inside of @merge they overwrite. Everywhere else they are
   * left out at once, as hosted does in the end.
   */
  readonly keepsUndefined: boolean;
  /** Compiles a part of the argument; `inner` are the keys that lead there. */
  compile(value: unknown, ...inner: readonly string[]): Evaluate;
  /** The same, where objects keep undefined members. */
  compileKeepingUndefined(value: unknown, ...inner: readonly string[]): Evaluate;
  /** Compiles a part as a whole mapping of its own. */
  compileMapping(value: Readonly<Record<string, unknown>>, ...inner: readonly string[]): Evaluate;
  /** A closure that throws: no event can be evaluated here. */
  fails(problem: string): Evaluate;
  /** The error for one event; `problem` is the rest of the sentence about the place. */
  error(problem: string): MappingError;
  /** Runs what may overflow the stack, or fail on an odd value; its errors become this place's. */
  attempt<Result>(run: () => Result): Result;
}

/** For one event whose values would grow without bounds. In millions: `toLocaleString` here made the start a tenth longer. */
export const TOO_LONG = `would make over ${MAX_MADE_CHARS / 1_000_000} million characters of this event.`;
