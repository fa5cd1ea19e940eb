import type { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

export type Node = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>;

/** The key that the object around a key stands behind; an element of a list belongs to the list's key. */
export function ownerOf(state: EditorState, key: Node): string | undefined {
  const object = key.parent?.parent;
  return object === null || object === undefined ? undefined : propertyOf(state, object);
}

/** The key that a value, or the list that it is in, stands behind. */
export function propertyOf(state: EditorState, value: Node): string | undefined {
  const around = value.parent?.name === 'Array' ? value.parent.parent : value.parent;
  const key = around?.name === 'Property' ? around.getChild('PropertyName') : null;
  return key === null || key === undefined ? undefined : state.sliceDoc(key.from + 1, key.to - 1);
}
