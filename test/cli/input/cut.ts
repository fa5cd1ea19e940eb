import type { Cutter } from '../../../cli/input/piece.ts';

export interface CutPiece {
  readonly kind: string;
  readonly line: number;
  readonly index: number | undefined;
  readonly text?: string;
  readonly problem?: string;
}

/** All pieces of what arrives in these chunks, values as text. */
export function cut(cutter: Cutter, chunks: readonly (string | Buffer)[]): readonly CutPiece[] {
  const pieces = [...chunks.flatMap((chunk) => cutter.push(Buffer.from(chunk))), ...cutter.end()];
  return pieces.map((piece) => (piece.kind === 'value' ? { kind: piece.kind, line: piece.line, index: piece.index, text: piece.bytes.toString() } : piece));
}
