import type { LiveEvent } from '../../api.ts';

/** More would only cost memory: what is older is found with a filter. */
export const MAX_ROWS = 2_000;

/**
 * Puts events among others, the newest first, each once; what is too much falls off the old end.
 * @param rows the newest first
 * @param arrived in any order
 */
export function withRows(rows: readonly LiveEvent[], arrived: readonly LiveEvent[]): readonly LiveEvent[] {
  const newest = rows[0]?.seq ?? -1;
  const fresh = arrived.filter(({ seq }) => seq > newest).toSorted(newestFirst);
  if (fresh.length === arrived.length) return [...unique(fresh), ...rows].slice(0, MAX_ROWS);
  return unique([...rows, ...arrived].toSorted(newestFirst)).slice(0, MAX_ROWS);
}

function newestFirst(one: LiveEvent, other: LiveEvent): number {
  return other.seq - one.seq;
}

function unique(sorted: readonly LiveEvent[]): readonly LiveEvent[] {
  return sorted.filter(({ seq }, index) => sorted[index - 1]?.seq !== seq);
}
