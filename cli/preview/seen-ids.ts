import { hash } from 'node:crypto';

/** So many different ids are remembered. */
export const MAX_SEEN_IDS = 500_000;
/** Bytes kept of an id's digest: among so many ids, two share them once in a hundred million previews. */
const KEPT_BYTES = 8;
/** In the table, no id; a digest of zeros counts as 1. */
const FREE = 0n;

/** Remembers ids, in a bounded memory. */
export interface SeenIds {
  /** True if the id was seen before. */
  see(id: string): boolean;
  /** False once an id couldn't be remembered: it isn't known when it comes again. */
  remembersAll(): boolean;
}

/** Digests in one table of numbers, at most half full: 8 MB, where texts would take a hundred. */
export function createSeenIds(maxIds = MAX_SEEN_IDS): SeenIds {
  const slots = 2 ** Math.ceil(Math.log2(2 * maxIds));
  const table = new BigUint64Array(slots);
  let size = 0;
  let forgotten = 0;
  return {
    remembersAll: () => forgotten === 0,
    see(id) {
      const digest = digestOf(id);
      let at = Number(digest % BigInt(slots));
      while (table[at] !== FREE && table[at] !== digest) at = (at + 1) % slots;
      if (table[at] === digest) return true;
      if (size < maxIds) {
        table[at] = digest;
        size += 1;
      } else forgotten += 1;
      return false;
    },
  };
}

function digestOf(id: string): bigint {
  return hash('sha1', id, 'buffer').subarray(0, KEPT_BYTES).readBigUInt64LE() || 1n;
}
