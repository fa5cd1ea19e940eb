/**
 * A number of an event that JavaScript would change: `12345678901234567890`, `1E400`, `-0`, `1.10`. It behaves like the
 * ordinary number wherever one is looked at (compared, printed, made into text), and `JSON.stringify` writes the digits it
 * came with. It has no members of its own, so that no path leads into it.
 */
export class ExactNumber {
  readonly #digits: string;
  readonly #number: number;

  /** @param digits a number as JSON writes it */
  constructor(digits: string) {
    this.#digits = digits;
    this.#number = Number(digits);
  }

  get digits(): string {
    return this.#digits;
  }

  valueOf(): number {
    return this.#number;
  }

  toString(): string {
    return String(this.#number);
  }

  toJSON(): unknown {
    return JSON.rawJSON(this.#digits);
  }
}

declare global {
  // https://tc39.es/proposal-json-parse-with-source/: in Node 24, not yet in TypeScript's library.
  interface JSON {
    rawJSON(json: string): unknown;
  }
}
