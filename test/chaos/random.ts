import { createHash } from 'node:crypto';

/** Numbers that look like chance and are the same for the same seed. */
export interface Random {
  /** From 0 to under 1. */
  next(): number;
  /** True in this share of the calls. */
  chance(share: number): boolean;
  /** A whole number from `least` to `most`. */
  integer(least: number, most: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/**
 * @param seed whatever the run is named by
 * @param purpose each has numbers of its own, so that one part of a schedule doesn't change with another
 */
export function createRandom(seed: number, purpose: string): Random {
  let state = createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32LE();

  /** Mulberry32: small, and good enough for a schedule. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    integer,
    chance: (share) => next() < share,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
  };
}
