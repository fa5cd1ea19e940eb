import { ExactNumber } from '../../../lambda/exact-number.ts';
import { isContainer } from '../../../lambda/json-value.ts';
import { parseEvent } from '../../../lambda/mapping/index.ts';

/** Values nested deeper are compared whole. */
const MAX_DEPTH = 100;

type Leaf = readonly [path: string, json: string];

/** Each value of a usage event that holds no other, as its exact JSON by its path, such as `properties.items[0].price`. */
export function leaves(json: string): ReadonlyMap<string, string> {
  return new Map(leavesOf(parseEvent(json).exact(), '', 0));
}

function leavesOf(value: unknown, path: string, depth: number): readonly Leaf[] {
  if (!isContainer(value) || value instanceof ExactNumber || depth === MAX_DEPTH) return [[path, JSON.stringify(value)]];
  const members = Object.entries(value);
  if (members.length === 0) return [[path, JSON.stringify(value)]];
  const pathOf = Array.isArray(value) ? (name: string) => `${path}[${name}]` : (name: string) => (path === '' ? name : `${path}.${name}`);
  return members.flatMap(([name, member]) => leavesOf(member, pathOf(name), depth + 1));
}
