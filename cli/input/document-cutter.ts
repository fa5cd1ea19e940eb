import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, isWhitespace, LINE_FEED, OPEN_BRACE, OPEN_BRACKET, trimmed } from './ascii.ts';
import { createGathered, tooLarge } from './piece.ts';
import type { Cutter, Piece } from './piece.ts';
import { scanValue } from './value-scan.ts';
import type { ValueScan } from './value-scan.ts';

type State = 'outside' | 'before_value' | 'in_value' | 'after_value' | 'stopped';

/**
 * Cuts JSON documents, one after another, into events: an object is one, an array is one for each of its elements. Nothing is
 * parsed, so a file of any size passes through, every number keeps its digits, and a broken element harms only itself.
 *
 * @param maxBytes of one event
 * @param firstLine the number of the line it starts on
 */
export function createDocumentCutter(maxBytes: number, firstLine = 1): Cutter {
  return new DocumentCutter(maxBytes, firstLine);
}

class DocumentCutter implements Cutter {
  readonly #maxBytes: number;
  readonly #gathered: ReturnType<typeof createGathered>;
  #state: State = 'outside';
  #line: number;
  /** Of the element, in the array that is open. */
  #index: number | undefined;
  /** Of the value that is open. */
  #scan: ValueScan | undefined;
  #isAfterComma = false;

  constructor(maxBytes: number, firstLine: number) {
    this.#maxBytes = maxBytes;
    this.#line = firstLine;
    this.#gathered = createGathered(maxBytes);
  }

  hasStopped(): boolean {
    return this.#state === 'stopped';
  }

  push(chunk: Buffer): readonly Piece[] {
    const pieces: Piece[] = [];
    for (let at = 0; at < chunk.length && !this.hasStopped(); ) {
      if (this.#scan === undefined) {
        const byte = chunk[at] ?? 0;
        if (this.#structure(byte, pieces)) at += 1;
        else this.#begin(byte);
        continue;
      }
      const past = this.#scan.end(chunk, at);
      this.#gathered.add(chunk.subarray(at, past < 0 ? chunk.length : past));
      if (past < 0) break;
      pieces.push(this.#finish(this.#scan.lineFeeds()));
      at = past;
    }
    return pieces;
  }

  end(): readonly Piece[] {
    if (this.#state === 'in_value') return [this.#stop('begins here and never ends: a closing quote or bracket is missing')];
    if (this.#state === 'before_value' || this.#state === 'after_value') return [this.#stop('is missing: the file ends before its array does')];
    return [];
  }

  /** Takes a byte that stands outside of values; false if it is a value's first. */
  #structure(byte: number, pieces: Piece[]): boolean {
    if (byte === LINE_FEED) this.#line += 1;
    if (isWhitespace(byte)) return true;
    if (this.#state === 'outside') return this.#outside(byte, pieces);
    return this.#state === 'before_value' ? this.#beforeValue(byte, pieces) : this.#afterValue(byte, pieces);
  }

  #outside(byte: number, pieces: Piece[]): boolean {
    if (byte === OPEN_BRACE) return false;
    if (byte === OPEN_BRACKET) this.#open();
    else pieces.push(this.#stop('holds something that is neither an event {...} nor an array of events [...]'));
    return true;
  }

  #beforeValue(byte: number, pieces: Piece[]): boolean {
    if (byte === CLOSE_BRACKET) {
      if (this.#isAfterComma) pieces.push(this.#broken('has nothing between the last comma and the end of the array'));
      this.#close();
    } else if (byte === COMMA) {
      pieces.push(this.#broken('has nothing before the comma'));
      this.#next();
    } else if (byte === CLOSE_BRACE) pieces.push(this.#stop('has a } that closes nothing'));
    else return false;
    return true;
  }

  #afterValue(byte: number, pieces: Piece[]): boolean {
    if (byte === COMMA) this.#next();
    else if (byte === CLOSE_BRACKET) this.#close();
    else if (byte === CLOSE_BRACE) pieces.push(this.#stop('has a } that closes nothing'));
    else {
      this.#next();
      pieces.push(this.#broken('has no comma before it'));
      return false;
    }
    return true;
  }

  #begin(byte: number): void {
    this.#scan = scanValue(byte);
    this.#state = 'in_value';
  }

  /** @param lineFeeds inside the value */
  #finish(lineFeeds: number): Piece {
    const bytes = this.#gathered.take();
    const piece = bytes === undefined ? this.#broken(tooLarge(this.#maxBytes)) : this.#value(trimmed(bytes));
    this.#line += lineFeeds;
    this.#scan = undefined;
    this.#state = this.#index === undefined ? 'outside' : 'after_value';
    return piece;
  }

  #open(): void {
    this.#index = 0;
    this.#isAfterComma = false;
    this.#state = 'before_value';
  }

  #next(): void {
    this.#index = (this.#index ?? 0) + 1;
    this.#isAfterComma = true;
    this.#state = 'before_value';
  }

  #close(): void {
    this.#index = undefined;
    this.#state = 'outside';
  }

  #value(bytes: Buffer): Piece {
    return { kind: 'value', line: this.#line, index: this.#index, bytes };
  }

  #broken(problem: string): Piece {
    return { kind: 'broken', line: this.#line, index: this.#index, problem };
  }

  #stop(problem: string): Piece {
    this.#state = 'stopped';
    return this.#broken(`${problem}; the rest of it can't be read`);
  }
}
