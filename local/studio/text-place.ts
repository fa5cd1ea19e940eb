import { jsonLanguage } from '@codemirror/lang-json';

/** In UTF-16 units, as editors count. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

type Node = ReturnType<typeof jsonLanguage.parser.parse>['topNode'];

const START: TextRange = { from: 0, to: 0 };
/** One step of `mappings[0].mapping["a b"].@path`. */
const STEP = /\.?([\w@-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** Looks up places of a JSON text by paths such as `mappings[0].mapping.properties`; parses it once, when it is first asked. */
export function placeIn(text: string): (path: string) => TextRange {
  let root: Node | null | undefined;
  return (path) => {
    root ??= jsonLanguage.parser.parse(text).topNode.firstChild;
    return root === null ? START : rangeOf(deepest(root, stepsOf(path), text), text);
  };
}

/** As far as the path can be read: a long one was cut. */
function stepsOf(path: string): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  const step = new RegExp(STEP);
  for (let found = step.exec(path); found !== null; found = step.exec(path)) {
    const [, name, index, quoted] = found;
    steps.push(quoted === undefined ? (index === undefined ? (name ?? '') : Number(index)) : String(JSON.parse(quoted)));
  }
  return steps;
}

/** The value at the path, or the last there is on the way to it. */
function deepest(root: Node, steps: readonly (string | number)[], text: string): Node {
  let node = root;
  for (const step of steps) {
    const next = typeof step === 'number' ? itemAt(node, step) : memberOf(node, step, text);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function itemAt(node: Node, index: number): Node | undefined {
  return valuesIn(node)[index];
}

function memberOf(node: Node, name: string, text: string): Node | undefined {
  const property = node.getChildren('Property').find(({ firstChild }) => firstChild !== null && JSON.parse(text.slice(firstChild.from, firstChild.to)) === name);
  return property?.lastChild ?? undefined;
}

/** Children that are values: signs have names of one character. */
export function valuesIn(node: Node): readonly Node[] {
  const values: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (child.name.length > 1) values.push(child);
  return values;
}

/** A value of many lines would be underlined whole: its name, or its first sign, says as much. */
function rangeOf(node: Node, text: string): TextRange {
  if (!text.slice(node.from, node.to).includes('\n')) return { from: node.from, to: node.to };
  const name = node.parent?.name === 'Property' ? node.parent.firstChild : null;
  if (name !== null) return { from: name.from, to: name.to };
  const ownName = memberOf(node, 'name', text);
  return ownName === undefined ? { from: node.from, to: node.from + 1 } : { from: ownName.from, to: ownName.to };
}
