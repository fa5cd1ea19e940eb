export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** A line, or a stretch of lines that are left out. */
export type Hunk = DiffLine | { readonly kind: 'gap'; readonly lines: number };

/** Cells of the table below; more lines than that differ as one block. */
const MAX_CELLS = 4_000_000;

/** What makes the second text of the first one, line by line, by the longest common subsequence. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const old = before.split('\n');
  const young = after.split('\n');
  const head = commonHead(old, young);
  const tail = commonTail(old.slice(head), young.slice(head));
  const middle = diffMiddle(old.slice(head, old.length - tail), young.slice(head, young.length - tail));
  return [...as('same', old.slice(0, head)), ...middle, ...as('same', old.slice(old.length - tail))];
}

/** Leaves out what is the same farther than some lines from a change; an entry without lines stands for what is left out. */
export function hunks(diff: readonly DiffLine[], context: number): readonly Hunk[] {
  const near = new Set<number>();
  diff.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let at = index - context; at <= index + context; at += 1) near.add(at);
  });
  const shown: (DiffLine | { kind: 'gap'; lines: number })[] = [];
  diff.forEach((line, index) => {
    const last = shown.at(-1);
    if (near.has(index)) shown.push(line);
    else if (last?.kind === 'gap') last.lines += 1;
    else shown.push({ kind: 'gap', lines: 1 });
  });
  return shown;
}

function diffMiddle(old: readonly string[], young: readonly string[]): readonly DiffLine[] {
  if (old.length * young.length > MAX_CELLS) return [...as('removed', old), ...as('added', young)];
  const lengths = commonLengths(old, young);
  const width = young.length + 1;
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < young.length) {
    const removed = old[row];
    const added = young[column];
    if (removed !== undefined && removed === added) {
      lines.push({ kind: 'same', text: removed });
      row += 1;
      column += 1;
    } else if (removed !== undefined && (added === undefined || (lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0))) {
      lines.push({ kind: 'removed', text: removed });
      row += 1;
    } else {
      lines.push({ kind: 'added', text: added ?? '' });
      column += 1;
    }
  }
  return lines;
}

/** At each pair of places, how many lines the rests have in common. */
function commonLengths(old: readonly string[], young: readonly string[]): Uint32Array {
  const width = young.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = young.length - 1; column >= 0; column -= 1) {
      const longer = Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
      lengths[row * width + column] = old[row] === young[column] ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1 : longer;
    }
  }
  return lengths;
}

function commonHead(old: readonly string[], young: readonly string[]): number {
  const first = old.findIndex((line, index) => line !== young[index]);
  return first < 0 ? old.length : first;
}

function commonTail(old: readonly string[], young: readonly string[]): number {
  return commonHead(old.toReversed(), young.toReversed());
}

function as(kind: DiffLine['kind'], lines: readonly string[]): readonly DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}
