import type { ReadTrigger } from './subject.ts';
import { isContradiction } from './trigger-alternatives.ts';
import type { Conjunction } from './trigger-alternatives.ts';

/** One way that a trigger can match, with the type and the name it asks for. */
interface Alternative {
  readonly conditions: Conjunction;
  readonly type: string | undefined;
  readonly event: string | undefined;
}

/** A trigger, ready to be compared: its alternatives, or whether any event may match, when they can't be told. */
export type Overlapping = readonly Alternative[] | 'any' | 'none';

/** Pairs of alternatives that are looked at closely in one file: some seconds. Those past them are taken to overlap. */
const MAX_PAIRS = 200_000;

export function overlapping({ problem, alternatives }: ReadTrigger): Overlapping {
  if (problem !== undefined) return 'none';
  return alternatives?.map(withType).map((conditions) => ({ conditions, type: literal(conditions, 'event-type'), event: literal(conditions, 'event') })) ?? 'any';
}

/** Tells whether one event can match two triggers. Only triggers that prove it exclude each other. */
export function overlapFinder(): (one: Overlapping, other: Overlapping) => boolean {
  let pairsLeft = MAX_PAIRS;
  const overlap = (left: Alternative, right: Alternative): boolean => {
    if (differ(left.type, right.type) || differ(left.event, right.event)) return false;
    pairsLeft -= 1;
    return pairsLeft < 0 || !isContradiction([...left.conditions, ...right.conditions]);
  };
  return (one, other) => {
    if (one === 'none' || other === 'none') return false;
    return one === 'any' || other === 'any' || one.some((left) => other.some((right) => overlap(left, right)));
  };
}

/** Of Segment's calls only track carries `event`: https://segment.com/docs/connections/spec/track/ */
function withType(conditions: Conjunction): Conjunction {
  const isOfTrack = conditions.some(({ type, operator }) => type === 'event' && operator === '=');
  return isOfTrack && !conditions.some(({ type }) => type === 'event-type') ? [...conditions, { type: 'event-type', operator: '=', value: 'track' }] : conditions;
}

function literal(conditions: Conjunction, field: 'event-type' | 'event'): string | undefined {
  const condition = conditions.find(({ type, operator }) => type === field && operator === '=');
  return condition === undefined ? undefined : String(condition.value);
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
