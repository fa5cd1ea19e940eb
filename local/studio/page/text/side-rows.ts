import type { DiffLine, Hunk } from './line-diff.ts';

/** A piece of a line; changed if the line beside it hasn't got it. */
export interface Piece {
  readonly text: string;
  readonly isChanged: boolean;
}

export type SideRow =
  | { readonly kind: 'same'; readonly text: string }
  /** A line of one text, of the other, or of both where one stands for the other. */
  | { readonly kind: 'changed'; readonly before?: readonly Piece[]; readonly after?: readonly Piece[] }
  | { readonly kind: 'gap'; readonly lines: number };

/** Puts both texts beside each other: in each stretch of changes the first removed line faces the first added one, and so on. */
export function sideRows(shown: readonly Hunk[]): readonly SideRow[] {
  const rows: SideRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const endStretch = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) rows.push(changedRow(removed[index], added[index]));
    [removed, added] = [[], []];
  };
  for (const one of shown) {
    if (isChange(one)) {
      (one.kind === 'removed' ? removed : added).push(one.text);
      continue;
    }
    endStretch();
    rows.push(one.kind === 'gap' ? one : { kind: 'same', text: one.text });
  }
  endStretch();
  return rows;
}

function isChange(one: Hunk): one is DiffLine & { readonly kind: 'removed' | 'added' } {
  return one.kind === 'removed' || one.kind === 'added';
}

function changedRow(before: string | undefined, after: string | undefined): SideRow {
  if (before === undefined || after === undefined) return { kind: 'changed', ...(before === undefined ? {} : { before: whole(before) }), ...(after === undefined ? {} : { after: whole(after) }) };
  const [old, young] = [[...before], [...after]];
  const head = commonHead(old, young);
  const tail = commonHead(old.slice(head).toReversed(), young.slice(head).toReversed());
  // Lines with nothing but their indent in common are different lines.
  if (`${old.slice(0, head).join('')}${old.slice(old.length - tail).join('')}`.trim() === '') return { kind: 'changed', before: whole(before), after: whole(after) };
  return { kind: 'changed', before: pieces(old, head, tail), after: pieces(young, head, tail) };
}

function whole(text: string): readonly Piece[] {
  return [{ text, isChanged: false }];
}

function pieces(characters: readonly string[], head: number, tail: number): readonly Piece[] {
  const end = characters.length - tail;
  const parts: readonly Piece[] = [
    { text: characters.slice(0, head).join(''), isChanged: false },
    { text: characters.slice(head, end).join(''), isChanged: true },
    { text: characters.slice(end).join(''), isChanged: false },
  ];
  return parts.filter(({ text }) => text !== '');
}

function commonHead(one: readonly string[], other: readonly string[]): number {
  const first = one.findIndex((character, index) => character !== other[index]);
  return first < 0 ? one.length : first;
}
