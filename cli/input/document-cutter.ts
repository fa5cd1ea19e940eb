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
  const gathered = createGathered(maxBytes);
  let state: State = 'outside';
  let line = firstLine;
  let index: number | undefined;
  let scan: ValueScan | undefined;
  let isAfterComma = false;

  const broken = (problem: string): Piece => ({ kind: 'broken', line, index, problem });
  const stop = (problem: string): Piece => {
    state = 'stopped';
    return broken(`${problem}; the rest of it can't be read`);
  };

  function finish(): Piece {
    const bytes = gathered.take();
    const piece: Piece = bytes === undefined ? broken(tooLarge(maxBytes)) : { kind: 'value', line, index, bytes: trimmed(bytes) };
    line += scan?.lineFeeds() ?? 0;
    scan = undefined;
    state = index === undefined ? 'outside' : 'after_value';
    return piece;
  }

  function begin(byte: number): void {
    scan = scanValue(byte);
    state = 'in_value';
  }

  /** Takes a byte that stands outside of values; false if it is a value's first. */
  function structure(byte: number, pieces: Piece[]): boolean {
    if (byte === LINE_FEED) line += 1;
    if (isWhitespace(byte)) return true;
    if (state === 'outside') return outside(byte, pieces);
    return state === 'before_value' ? beforeValue(byte, pieces) : afterValue(byte, pieces);
  }

  function outside(byte: number, pieces: Piece[]): boolean {
    if (byte === OPEN_BRACE) return false;
    if (byte === OPEN_BRACKET) {
      index = 0;
      isAfterComma = false;
      state = 'before_value';
    } else pieces.push(stop('holds something that is neither an event {...} nor an array of events [...]'));
    return true;
  }

  function beforeValue(byte: number, pieces: Piece[]): boolean {
    if (byte === CLOSE_BRACKET) {
      if (isAfterComma) pieces.push(broken('has nothing between the last comma and the end of the array'));
      close();
    } else if (byte === COMMA) {
      pieces.push(broken('has nothing before the comma'));
      next();
    } else if (byte === CLOSE_BRACE) pieces.push(stop('has a } that closes nothing'));
    else return false;
    return true;
  }

  function afterValue(byte: number, pieces: Piece[]): boolean {
    if (byte === COMMA) next();
    else if (byte === CLOSE_BRACKET) close();
    else if (byte === CLOSE_BRACE) pieces.push(stop('has a } that closes nothing'));
    else {
      next();
      pieces.push(broken('has no comma before it'));
      return false;
    }
    return true;
  }

  function next(): void {
    index = (index ?? 0) + 1;
    isAfterComma = true;
    state = 'before_value';
  }

  function close(): void {
    index = undefined;
    state = 'outside';
  }

  function push(chunk: Buffer): readonly Piece[] {
    const pieces: Piece[] = [];
    for (let at = 0; at < chunk.length && state !== 'stopped'; ) {
      if (scan === undefined) {
        const byte = chunk[at] ?? 0;
        if (structure(byte, pieces)) at += 1;
        else begin(byte);
        continue;
      }
      const past = scan.end(chunk, at);
      gathered.add(chunk.subarray(at, past < 0 ? chunk.length : past));
      if (past < 0) break;
      pieces.push(finish());
      at = past;
    }
    return pieces;
  }

  function end(): readonly Piece[] {
    if (state === 'in_value') return [stop('begins here and never ends: a closing quote or bracket is missing')];
    if (state === 'before_value' || state === 'after_value') return [stop('is missing: the file ends before its array does')];
    return [];
  }

  return { push, end, hasStopped: () => state === 'stopped' };
}
