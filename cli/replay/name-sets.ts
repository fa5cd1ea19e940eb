import { createColumn } from '../ledger/column.ts';

/** A set of names for each of many roots, by the root's number; the sets are alike, and each kind is kept once. */
export interface NameSets {
  add(root: number, names: readonly string[]): void;
  of(root: number): readonly string[];
}

/** Takes 4 bytes of a root. */
export function createNameSets(): NameSets {
  const sets = createColumn(Uint32Array);
  const numbers = new Map<string, number>();
  const known: (readonly string[])[] = [[]];
  const of = (root: number): readonly string[] => known[sets.get(root)] ?? [];
  return {
    of,
    add(root, names) {
      const before = of(root);
      if (names.every((name) => before.includes(name))) return;
      const all = [...new Set([...before, ...names])].toSorted();
      const key = JSON.stringify(all);
      const number = numbers.get(key) ?? known.push(all) - 1;
      numbers.set(key, number);
      sets.set(root, number);
    },
  };
}
