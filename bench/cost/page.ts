import { alternatives, cuts, lines, prices, sums } from './tables.ts';

export const PAGE = new URL('../../docs/cost.md', import.meta.url);

/** The page's tables, by the names under which they stand in it. */
export function tables(): ReadonlyMap<string, string> {
  return new Map([
    ['sums', sums()],
    ['lines', lines()],
    ['cuts', cuts()],
    ['others', alternatives()],
    ['prices', prices()],
  ]);
}
