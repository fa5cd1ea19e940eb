import { generateFql, parseFql, validate } from '@segment/destination-subscriptions';
import type { Condition, GroupCondition } from '@segment/destination-subscriptions';

import { ownMember } from '../../lambda/json-value.ts';
import type { ConditionView } from './api.ts';
import { shownJson } from './shown-json.ts';

const VALUE_CHARS = 500;

/**
 * What each condition of a trigger makes of an event: read and evaluated by the library that forward evaluates it with, a
 * condition alone as one of its own. Undefined if the trigger can't be read.
 */
export function conditionsOf(trigger: string, event: unknown): ConditionView | undefined {
  const subscription = parseFql(trigger);
  return 'error' in subscription ? undefined : viewOf(subscription, event);
}

function viewOf(condition: Condition, event: unknown): ConditionView {
  const holds = holdsAlone(condition, event);
  if (condition.type === 'group') return { text: condition.operator, holds, children: condition.children.map((child) => viewOf(child, event)) };
  return { text: generateFql(alone(condition)), holds, actual: shownJson(actualOf(condition, event), VALUE_CHARS), children: [] };
}

function holdsAlone(condition: Condition, event: unknown): boolean {
  try {
    return validate(alone(condition), event);
  } catch {
    // An empty group can't be evaluated; the whole trigger then fails, and says so.
    return false;
  }
}

function alone(condition: Condition): GroupCondition {
  return condition.type === 'group' ? condition : { type: 'group', operator: 'and', children: [condition] };
}

const MEMBERS = { 'event-type': 'type', event: 'event', name: 'name', userId: 'userId', 'event-property': 'properties', 'event-trait': 'traits', 'event-context': 'context' } as const;

function actualOf(condition: Exclude<Condition, GroupCondition>, event: unknown): unknown {
  const member = ownMember(event, MEMBERS[condition.type]);
  return 'name' in condition ? (condition.name.match(/[^[.\]]+/g) ?? []).reduce<unknown>(ownMember, member) : member;
}
