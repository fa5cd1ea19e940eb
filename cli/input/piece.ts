/** What a cutter finds in a file: the exact bytes of a value, or the place where there should be one. */
export type Piece = PiecePlace & ({ readonly kind: 'value'; readonly bytes: Buffer } | { readonly kind: 'broken'; readonly problem: string });

interface PiecePlace {
  /** Where it begins, from 1. */
  readonly line: number;
  /** Its place in its array, from 0; undefined outside of arrays. */
  readonly index: number | undefined;
}

/** Cuts values out of a file that arrives in chunks. Holds no more than one value, and none over its limit. */
export interface Cutter {
  push(chunk: Buffer): readonly Piece[];
  /** To be called once, after the last chunk. */
  end(): readonly Piece[];
  /** True once nothing more can be read out of this file. */
  hasStopped(): boolean;
}

/** Gathers one value's bytes over chunks, and forgets them once they are too many. */
interface Gathered {
  add(bytes: Buffer): void;
  /** The bytes so far, or undefined if they are too many; starts anew. */
  take(): Buffer | undefined;
}

export function createGathered(maxBytes: number): Gathered {
  let parts: Buffer[] = [];
  let size = 0;
  return {
    add(bytes) {
      size += bytes.length;
      if (size > maxBytes) parts = [];
      else parts.push(bytes);
    },
    take() {
      const [first] = parts;
      const whole = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
      const isTooMuch = size > maxBytes;
      parts = [];
      size = 0;
      return isTooMuch ? undefined : whole;
    },
  };
}

export function tooLarge(maxBytes: number): string {
  return `is larger than ${maxBytes} bytes; the webhook refuses that`;
}
