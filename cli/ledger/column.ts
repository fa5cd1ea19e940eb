/** Numbers by position, from 0; those never set are 0. A JavaScript array or Map of many millions takes several times the memory. */
export interface Column {
  get(position: number): number;
  set(position: number, value: number): void;
}

type Numbers = Uint8Array | Uint32Array | Float64Array;

/** Grown by so many at a time, and never copied. */
const CHUNK_LENGTH = 2_048;

/** @param Kind what the numbers need: bytes each, and whether they are whole */
export function createColumn(Kind: new (length: number) => Numbers): Column {
  const chunks: Numbers[] = [];
  return {
    get: (position) => chunks[chunkOf(position)]?.[position % CHUNK_LENGTH] ?? 0,
    set(position, value) {
      const chunk = (chunks[chunkOf(position)] ??= new Kind(CHUNK_LENGTH));
      chunk[position % CHUNK_LENGTH] = value;
    },
  };
}

/** Not by a shift, which wraps at 2³²: an id takes four positions, and a busy day has more than a thousand million messages. */
const chunkOf = (position: number): number => Math.floor(position / CHUNK_LENGTH);
