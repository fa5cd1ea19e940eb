import type { LiveCounts, LiveFate } from './api.ts';

const MINUTE_MS = 60_000;
/** As many as the chart shows. */
const SHOWN_MINUTES = 30;

type Minute = LiveCounts['lastMinutes'][number];

/** Counts runs by the minute of their fate. */
export interface Minutes {
  /** @param at epoch milliseconds */
  add(at: number, fate: LiveFate): void;
  /** The last minutes up to this one, the oldest first, without a gap. */
  list(now: number): readonly Minute[];
}

export function createMinutes(): Minutes {
  const counts = new Map<number, Record<LiveFate, number>>();

  function forgetBefore(minute: number): void {
    for (const known of counts.keys()) if (known < minute) counts.delete(known);
  }

  return {
    add(at, fate) {
      const minute = minuteOf(at);
      const count = counts.get(minute) ?? none();
      count[fate] += 1;
      if (counts.has(minute)) return;
      counts.set(minute, count);
      forgetBefore(Math.max(...counts.keys()) - SHOWN_MINUTES * MINUTE_MS);
    },
    list(now) {
      const last = minuteOf(now);
      return Array.from({ length: SHOWN_MINUTES }, (_, index) => {
        const at = last - (SHOWN_MINUTES - 1 - index) * MINUTE_MS;
        return Object.assign({ at }, counts.get(at) ?? none());
      });
    },
  };
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function none(): Record<LiveFate, number> {
  return { delivered: 0, filtered: 0, quarantined: 0, returned: 0 };
}
