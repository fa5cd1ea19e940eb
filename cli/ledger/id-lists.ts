import { createColumn } from './column.ts';

/** That something came as a message, by the message's number. */
export interface Dated {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: number;
}

/** A short list for each of many roots, most of them empty. */
export interface IdLists {
  add(root: number, one: Dated): void;
  of(root: number): readonly Dated[];
}

/** Linked rows in columns: 20 bytes for an entry, where an array of objects for each root takes 150. */
export function createIdLists(): IdLists {
  /** A row's number plus 1, or 0 where a list ends. */
  const heads = createColumn(Uint32Array);
  const nexts = createColumn(Uint32Array);
  const times = createColumn(Float64Array);
  const ids = createColumn(Uint32Array);
  let rows = 0;
  return {
    add(root, { at, id }) {
      nexts.set(rows, heads.get(root));
      times.set(rows, at);
      ids.set(rows, id);
      rows += 1;
      heads.set(root, rows);
    },
    of(root) {
      const list: Dated[] = [];
      for (let row = heads.get(root); row !== 0; row = nexts.get(row - 1)) list.push({ at: times.get(row - 1), id: ids.get(row - 1) });
      return list;
    },
  };
}
