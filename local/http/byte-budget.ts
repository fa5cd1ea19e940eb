/** How many bytes of request bodies may be in memory at once, over all requests. */
export interface ByteBudget {
  /** False, and nothing is taken, if that many are no longer free. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function createByteBudget(total: number): ByteBudget {
  let free = total;
  return {
    take(bytes) {
      if (bytes > free) return false;
      free -= bytes;
      return true;
    },
    giveBack(bytes) {
      free += bytes;
    },
  };
}
