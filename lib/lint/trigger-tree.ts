import type { TriggerPart } from './trigger-reading.ts';

/** What a trigger decides, without the detours it is written with. */
type Tree = string | { readonly connective: string; readonly children: readonly Tree[] };

/** True when two readings of a trigger decide the same: groups of one, and groups inside a group of the same connective, change nothing. */
export function decideAlike(one: readonly TriggerPart[], other: readonly TriggerPart[]): boolean {
  return JSON.stringify(treeOf(one)) === JSON.stringify(treeOf(other));
}

/** The connective of a level: the last one rules all its conditions. */
export function connectiveOf(parts: readonly TriggerPart[]): string {
  return parts.findLast((part) => part.kind === 'connective')?.word ?? 'and';
}

function treeOf(parts: readonly TriggerPart[]): Tree {
  const connective = connectiveOf(parts);
  const children = parts.flatMap(leaves).flatMap((child) => (typeof child !== 'string' && child.connective === connective ? child.children : [child]));
  const [only] = children;
  return children.length === 1 && only !== undefined ? only : { connective, children };
}

function leaves(part: TriggerPart): readonly Tree[] {
  if (part.kind === 'group') return [treeOf(part.parts)];
  return part.kind === 'condition' || part.kind === 'call' ? [JSON.stringify(part)] : [];
}
