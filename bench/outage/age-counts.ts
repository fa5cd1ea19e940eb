/** How many events wait, by the minute in which they arrived. */
export interface AgeCounts {
  readonly total: number;
  add(minute: number, count: number): void;
  /** The minute of the event that stands at a rank, from 1 for the oldest to `total` for the newest. */
  minuteAt(rank: number): number;
  /** Takes up to so many events of one minute; returns how many there were. */
  take(minute: number, most: number): number;
}

/** Sums over minutes in a Fenwick tree: adding, and finding by rank, take a handful of steps among days of minutes. */
export function createAgeCounts(): AgeCounts {
  let counts = new Float64Array(1024);
  let sums = new Float64Array(1025);
  let total = 0;

  function grow(minute: number): void {
    let size = counts.length;
    while (size <= minute) size *= 2;
    const before = counts;
    counts = new Float64Array(size);
    sums = new Float64Array(size + 1);
    for (const [index, count] of before.entries()) if (count > 0) change(index, count);
  }

  function change(minute: number, by: number): void {
    counts[minute] = (counts[minute] ?? 0) + by;
    for (let index = minute + 1; index < sums.length; index += index & -index) sums[index] = (sums[index] ?? 0) + by;
  }

  return {
    get total() {
      return total;
    },
    add(minute, count) {
      if (minute >= counts.length) grow(minute);
      change(minute, count);
      total += count;
    },
    minuteAt(rank) {
      let before = 0;
      let left = rank;
      for (let step = counts.length; step > 0; step >>= 1) {
        const sum = sums[before + step];
        if (sum === undefined || sum >= left) continue;
        before += step;
        left -= sum;
      }
      return before;
    },
    take(minute, most) {
      const taken = Math.min(most, counts[minute] ?? 0);
      change(minute, -taken);
      total -= taken;
      return taken;
    },
  };
}
