/** Numbers by position, from 0; those never set are 0. A JavaScript array or Map of many millions takes several times the memory. */
export interface Column {
  get(position: number): number;
  set(position: number, value: number): void;
}

type Numbers = Uint8Array | Uint32Array | Float64Array;

/** Grown by so many at a time, and never copied. */
const CHUNK_BITS = 11;
const CHUNK_LENGTH = 2 ** CHUNK_BITS;

/** @param Kind what the numbers need: bytes each, and whether they are whole */
export function createColumn(Kind: new (length: number) => Numbers): Column {
  const chunks: Numbers[] = [];
  return {
    get: (position) => chunks[position >>> CHUNK_BITS]?.[position % CHUNK_LENGTH] ?? 0,
    set(position, value) {
      const index = position >>> CHUNK_BITS;
      while (chunks.length <= index) chunks.push(new Kind(CHUNK_LENGTH));
      const chunk = chunks[index];
      if (chunk !== undefined) chunk[position % CHUNK_LENGTH] = value;
    },
  };
}
