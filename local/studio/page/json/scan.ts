/** A piece of JSON with its place in the text, in UTF-16 units. */
export interface JsonPiece {
  readonly kind: 'string' | 'number' | 'word' | 'punctuation';
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const PIECE = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/gu;

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The pieces of a text that `isJson` holds for, one after the other: a large event isn't read further than it is shown. */
export function* scanJson(text: string): Generator<JsonPiece> {
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    yield { kind: kindOf(piece), from: index, to: index + piece.length, text: piece };
  }
}

function kindOf(piece: string): JsonPiece['kind'] {
  const first = piece.charAt(0);
  if (first === '"') return 'string';
  if (first === 't' || first === 'f' || first === 'n') return 'word';
  return '{}[],:'.includes(first) ? 'punctuation' : 'number';
}
