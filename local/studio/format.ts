import { jsonLanguage } from '@codemirror/lang-json';

import { valuesIn } from './text-place.ts';

type Node = Parameters<typeof valuesIn>[0];

const STEP = '  ';
/** An array of scalars that is no longer stays on one line. */
const LINE_CHARS = 100;

/**
 * A JSON text in lines of two blanks a level, directives such as `{ "@path": "$.event" }` on one. Names, texts and numbers
 * stay as they are written, and in their order.
 * @param text must be JSON
 */
export function formatJson(text: string): string {
  const root = jsonLanguage.parser.parse(text).topNode.firstChild;
  return root === null ? text : `${written(root, text, '')}\n`;
}

function written(node: Node, text: string, indent: string): string {
  if (node.name === 'Object') return writtenObject(node, text, indent);
  if (node.name !== 'Array') return text.slice(node.from, node.to);
  const items = valuesIn(node);
  const inner = items.map((item) => written(item, text, indent + STEP));
  const line = `[${inner.join(', ')}]`;
  return items.every(isScalar) && line.length <= LINE_CHARS ? line : block('[', inner, ']', indent);
}

function writtenObject(node: Node, text: string, indent: string): string {
  const values = node.getChildren('Property').flatMap(({ lastChild }) => lastChild ?? []);
  const members = node.getChildren('Property').map(({ firstChild, lastChild }) => {
    return firstChild === null || lastChild === null ? '' : `${text.slice(firstChild.from, firstChild.to)}: ${written(lastChild, text, indent + STEP)}`;
  });
  if (members.length === 0) return '{}';
  return members.length === 1 && values.every(isScalar) ? `{ ${members.join('')} }` : block('{', members, '}', indent);
}

function block(open: string, parts: readonly string[], close: string, indent: string): string {
  return `${open}\n${parts.map((part) => `${indent}${STEP}${part}`).join(',\n')}\n${indent}${close}`;
}

function isScalar({ name }: Node): boolean {
  return name !== 'Object' && name !== 'Array';
}
