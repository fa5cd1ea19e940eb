import { scanJson } from './scan.ts';
import type { JsonPiece } from './scan.ts';

export interface LineToken {
  readonly kind: JsonPiece['kind'] | 'key';
  readonly text: string;
}

/** One line of JSON as it is shown. */
export interface JsonLine {
  readonly depth: number;
  readonly tokens: readonly LineToken[];
  /** True inside the value at fault. */
  readonly isFault: boolean;
}

/** A container that is open. The text itself names the keys, so no pointer is ever put together: depth costs nothing. */
interface Level {
  readonly isObject: boolean;
  /** How many steps of the fault's path lead to it, if they do. */
  readonly matched: number | undefined;
  index: number;
  key: string;
}

/**
 * Lays JSON out in lines, each value as it is written: numbers keep their digits, strings their escapes.
 * @param text JSON
 * @param faultPath JSON pointer (RFC 6901) of the value at fault
 */
export function* jsonLines(text: string, faultPath?: string): Generator<JsonLine> {
  const layout = new Layout(faultPath === undefined ? undefined : stepsOf(faultPath));
  let waiting: JsonPiece | undefined;
  for (const piece of scanJson(text)) {
    if (waiting !== undefined) yield* layout.take(waiting, piece);
    waiting = piece;
  }
  if (waiting !== undefined) yield* layout.take(waiting, undefined);
  yield* layout.end();
}

class Layout {
  readonly #steps: readonly string[] | undefined;
  readonly #levels: Level[] = [];
  #tokens: LineToken[] = [];
  #isFault = false;
  /** Depth of the container at fault, while inside it. */
  #faultDepth: number | undefined;

  constructor(steps: readonly string[] | undefined) {
    this.#steps = steps;
  }

  *take(piece: JsonPiece, next: JsonPiece | undefined): Generator<JsonLine> {
    if (piece.kind !== 'punctuation') return this.#takeScalar(piece, next);
    if (piece.text === '{' || piece.text === '[') yield* this.#enter(piece, next);
    else if (piece.text === '}' || piece.text === ']') yield* this.#leave(piece);
    else if (piece.text === ',') yield* this.#nextMember();
    else this.#add('punctuation', ': ');
  }

  *end(): Generator<JsonLine> {
    if (this.#tokens.length > 0) yield this.#line();
  }

  #takeScalar(piece: JsonPiece, next: JsonPiece | undefined): void {
    const level = this.#levels.at(-1);
    if (next?.text === ':' && level?.isObject === true) {
      level.key = unquoted(piece.text);
      this.#markFault();
      return this.#add('key', piece.text);
    }
    this.#markFault();
    this.#add(piece.kind, piece.text);
  }

  *#enter(piece: JsonPiece, next: JsonPiece | undefined): Generator<JsonLine> {
    const matched = this.#matchedHere();
    this.#markFault();
    if (matched !== undefined && matched === this.#steps?.length) this.#faultDepth ??= this.#levels.length;
    this.#add('punctuation', piece.text);
    const isEmpty = next?.text === '}' || next?.text === ']';
    if (!isEmpty) yield this.#line();
    this.#levels.push({ isObject: piece.text === '{', matched, index: 0, key: '' });
  }

  *#leave(piece: JsonPiece): Generator<JsonLine> {
    const wasEmpty = this.#tokens.at(-1)?.text === '{' || this.#tokens.at(-1)?.text === '[';
    if (!wasEmpty) yield* this.end();
    this.#levels.pop();
    if (this.#faultDepth !== undefined) this.#isFault = true;
    if (this.#faultDepth === this.#levels.length) this.#faultDepth = undefined;
    this.#add('punctuation', piece.text);
  }

  *#nextMember(): Generator<JsonLine> {
    this.#add('punctuation', ',');
    yield this.#line();
    const level = this.#levels.at(-1);
    if (level !== undefined) level.index += 1;
  }

  #markFault(): void {
    if (this.#faultDepth !== undefined || (this.#steps !== undefined && this.#matchedHere() === this.#steps.length)) this.#isFault = true;
  }

  /** The steps of the fault's path that lead to the value that comes now. */
  #matchedHere(): number | undefined {
    const level = this.#levels.at(-1);
    if (level === undefined) return 0;
    if (level.matched === undefined || this.#steps === undefined) return undefined;
    const step = level.isObject ? level.key : String(level.index);
    return this.#steps[level.matched] === step ? level.matched + 1 : undefined;
  }

  #add(kind: LineToken['kind'], text: string): void {
    this.#tokens.push({ kind, text });
  }

  #line(): JsonLine {
    const line = { depth: this.#levels.length, tokens: this.#tokens, isFault: this.#isFault };
    this.#tokens = [];
    this.#isFault = false;
    return line;
  }
}

function stepsOf(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function unquoted(text: string): string {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? value : text;
}
