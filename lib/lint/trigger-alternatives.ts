import { parseFql, validate } from '@segment/destination-subscriptions';
import type { Condition, GroupCondition } from '@segment/destination-subscriptions';

type Leaf = Exclude<Condition, GroupCondition>;
/** Conditions that must all hold. */
export type Conjunction = readonly Leaf[];

/** Triggers that need more alternatives than this to spell out are taken to match anything. */
const MAX_ALTERNATIVES = 256;
const ORDERINGS = ['<', '<=', '>', '>='];
const NUMERIC: ReadonlySet<string> = new Set([...ORDERINGS, 'number_equals']);

/** The ways a trigger can match, each a list of conditions that must all hold; undefined when it can't be read or has too many. */
export function alternativesOf(trigger: string): readonly Conjunction[] | undefined {
  const subscription = parseFql(trigger);
  return 'error' in subscription ? undefined : alternatives(subscription);
}

/** True when no event can meet all conditions. Only what the conditions prove counts. */
export function isContradiction(conditions: Conjunction): boolean {
  const byField = Map.groupBy(conditions, fieldOf);
  return [...byField.values()].some(isFieldContradiction);
}

function alternatives(condition: Condition | undefined): readonly Conjunction[] | undefined {
  // Empty parentheses leave a hole, which the library's types don't know of.
  if (condition === undefined) return undefined;
  if (condition.type !== 'group') return [[condition]];
  const children = condition.children.map(alternatives);
  if (condition.operator === 'or') return bounded(children.every((child) => child !== undefined) ? children.flat() : undefined);
  return children.reduce((all, child) => {
    if (all === undefined || child === undefined || all.length * child.length > MAX_ALTERNATIVES) return undefined;
    return all.flatMap((left) => child.map((right) => [...left, ...right]));
  }, [[]]);
}

function bounded(all: readonly Conjunction[] | undefined): readonly Conjunction[] | undefined {
  return all !== undefined && all.length > MAX_ALTERNATIVES ? undefined : all;
}

function isFieldContradiction(conditions: Conjunction): boolean {
  const [field] = conditions;
  if (field === undefined) return false;
  if (isTextField(field) && conditions.some(({ operator }) => ORDERINGS.includes(operator))) return true;
  if (hasOpposites(conditions)) return true;
  const candidates = onlyValuesOf(conditions);
  if (candidates === undefined || !hasKey(field)) return false;
  // The values tried between two bounds could be just the ones excluded.
  const children = candidates.length === 1 ? [...conditions] : conditions.filter(({ operator }) => operator !== 'number_not_equals');
  return !candidates.some((value) => validate({ type: 'group', operator: 'and', children }, probe(field, value)));
}

/** `contains` and `not_contains` of the same text. */
function hasOpposites(conditions: Conjunction): boolean {
  const written = new Set(conditions.map(({ operator, value }) => JSON.stringify([operator, value])));
  return conditions.some(({ operator, value }) => written.has(JSON.stringify([`not_${operator}`, value])));
}

/** The only values that could meet the conditions; undefined when there are endless ones. */
function onlyValuesOf(conditions: Conjunction): readonly unknown[] | undefined {
  for (const { operator, value } of conditions) {
    if (operator === '=') return [String(value)];
    if (operator === 'number_equals') return [Number(value)];
    if (operator === 'is_true') return [true];
    if (operator === 'is_false') return [false];
    if (operator === 'not_exists') return [undefined, null];
  }
  const bounds = conditions.filter(({ operator }) => NUMERIC.has(operator)).map(({ value }) => Number(value)).filter(Number.isFinite).toSorted((a, b) => a - b);
  const isOrdered = conditions.some(({ operator }) => ORDERINGS.includes(operator));
  return isOrdered ? [0, Number.MAX_VALUE, -Number.MAX_VALUE, ...bounds.flatMap((bound, index) => [bound - 1, bound, bound + 1, (bound + (bounds[index + 1] ?? bound)) / 2])] : undefined;
}

/** A field of nothing but dots makes the library throw. */
function hasKey(condition: Leaf): boolean {
  return !('name' in condition) || keysOf(condition.name).length > 0;
}

function keysOf(name: string): readonly string[] {
  return name.split(/[.[\]]/).filter((key) => key !== '');
}

function isTextField({ type }: Leaf): boolean {
  return type === 'event-type' || type === 'event' || type === 'name';
}

function fieldOf(condition: Leaf): string {
  return 'name' in condition ? `${condition.type}.${condition.name}` : condition.type;
}

/** An event that carries one value, under the key that the condition looks up. */
function probe(condition: Leaf, value: unknown): unknown {
  if (condition.type === 'event-type') return { type: value };
  if (condition.type === 'event-property') return { properties: nested(condition.name, value) };
  if (condition.type === 'event-trait') return { traits: nested(condition.name, value) };
  if (condition.type === 'event-context') return { context: nested(condition.name, value) };
  return { [condition.type]: value };
}

function nested(name: string, value: unknown): unknown {
  return keysOf(name).reduceRight((inner, key) => ({ [key]: inner }), value);
}
