import { ExactNumber } from '../../../lambda/exact-number.ts';
import { isContainer } from '../../../lambda/json-value.ts';
import { canonicalJson } from './canonical-json.ts';

/** Values nested deeper are compared whole. */
const MAX_DEPTH = 100;
/** A name that can stand in a path as it is; any other is quoted, so that no two places share a path. */
const PLAIN_NAME = /^\w+$/;

type Leaf = readonly [path: string, json: string];

/**
 * Each value of a usage event that holds no other, as its exact JSON by its path, such as `properties.items[0].price` or
 * `properties["a.b"]`.
 */
export function leaves(value: unknown): ReadonlyMap<string, string> {
  return new Map(leavesOf(value, '', 0));
}

function leavesOf(value: unknown, path: string, depth: number): readonly Leaf[] {
  if (!isContainer(value) || value instanceof ExactNumber || depth === MAX_DEPTH) return [[path, canonicalJson(value)]];
  const members = Object.entries(value);
  if (members.length === 0) return [[path, JSON.stringify(value)]];
  const pathOf = Array.isArray(value) ? (name: string) => `${path}[${name}]` : (name: string) => memberPath(path, name);
  return members.flatMap(([name, member]) => leavesOf(member, pathOf(name), depth + 1));
}

function memberPath(path: string, name: string): string {
  if (!PLAIN_NAME.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
