import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { triggerSpot } from '../spot.ts';
import { hostedParts } from '../subject.ts';
import { isContradiction } from '../trigger-alternatives.ts';
import { allParts, isCallField } from '../trigger-reading.ts';
import type { TriggerPart } from '../trigger-reading.ts';
import { connectiveOf, decideAlike } from '../trigger-tree.ts';
import { skippedWords } from '../trigger-words.ts';
import { unreadableHint } from '../unreadable-hint.ts';

const CALL_HINT =
  'Move calls out of parentheses. For alternatives make one mapping of each, with triggers that exclude each other: contains(event, "A") in one, contains(event, "B") and !contains(event, "A") in the other.';

/** Rules on a trigger as a whole: whether it can be read, and how its conditions are joined. */
export const TRIGGER_RULES = [
  {
    id: 'trigger-unreadable',
    severity: 'error',
    canAcknowledge: false,
    title: 'The trigger can\'t be read.',
    why: 'Hosted takes a trigger it can\'t read for one that never matches, and says nothing: every event is lost. The bridge refuses it.',
    bad: [{ trigger: 'properties.total>100' }],
    good: [{ trigger: 'properties.total > 100' }],
    check: eachMapping(({ trigger }) =>
      trigger.problem === undefined ? [] : [triggerSpot(`The trigger can't be read (${trigger.problem}), so it would never match.`, unreadableHint(trigger))],
    ),
  },
  {
    id: 'trigger-throws',
    severity: 'error',
    canAcknowledge: false,
    title: 'Parentheses without a condition fail when an event reaches them.',
    why: 'Hosted fails the event. The bridge quarantines it with `mapping_failed`.',
    bad: [{ trigger: 'type = "track" and ()' }],
    good: [{ trigger: 'type = "track"' }],
    check: eachMapping((subject) => (hostedParts(subject).some(isHole) ? [triggerSpot('The trigger has parentheses without a condition that counts, and every event that reaches them fails.', 'Remove the parentheses, or put a condition inside.')] : [])),
  },
  {
    id: 'mixed-connectives',
    severity: 'error',
    canAcknowledge: true,
    title: '`and` and `or` are mixed without parentheses.',
    why: 'The last `and` or `or` of a level counts for all its conditions. `a and b or c` matches when any one of the three holds.',
    bad: [{ trigger: 'type = "track" and event = "Order Paid" or event = "Order Refunded"' }],
    good: [{ trigger: 'type = "track" and (event = "Order Paid" or event = "Order Refunded")' }],
    check: eachMapping(({ trigger }) =>
      levelsOf(trigger.written)
        .filter(isMixed)
        .map((level) => triggerSpot(`The trigger mixes and/or on one level, so its last one, "${connectiveOf(level)}", joins all the conditions there.`, 'Put what belongs together in parentheses, as in a and (b or c), or make a mapping of each alternative.')),
    ),
  },
  {
    id: 'call-in-parentheses',
    severity: 'error',
    canAcknowledge: true,
    title: 'A call inside parentheses ends them.',
    why: 'A group runs to the first `)`, which is that of the call. What follows is joined to the conditions outside: `type = "track" and (contains(event, "A") or contains(event, "B"))` matches every track event.',
    bad: [{ trigger: 'type = "track" and (contains(event, "Order") or contains(event, "Invoice"))' }],
    good: [{ trigger: 'type = "track" and contains(event, "Order")' }, { trigger: 'type = "track" and contains(event, "Invoice") and !contains(event, "Order")' }],
    check: eachMapping(({ trigger }) =>
      decideAlike(trigger.hosted, trigger.written) ? [] : [triggerSpot('The parentheses end at the ")" of the call inside them, so what follows is joined to the conditions outside.', CALL_HINT)],
    ),
  },
  {
    id: 'never-matches',
    severity: 'error',
    canAcknowledge: true,
    title: 'The conditions exclude each other.',
    why: 'No event can meet all of them, so none is billed.',
    bad: [{ trigger: 'type = "track" and event = "Order Paid" and event = "Order Refunded"' }],
    good: [{ trigger: 'type = "track" and (event = "Order Paid" or event = "Order Refunded")' }],
    check: eachMapping((subject) =>
      // With skipped words it isn't the trigger that was meant.
      skippedWords(subject).every(({ token }) => token.type === 'parenright') && subject.trigger.alternatives?.every(isContradiction) === true
        ? [triggerSpot('No event can meet the trigger\'s conditions together, so it never matches.', 'Join alternatives with or, in parentheses of their own; < and > compare numbers only.')]
        : [],
    ),
  },
] as const satisfies readonly Rule[];

function isHole(part: TriggerPart): boolean {
  return part.kind === 'group' && !part.parts.some(isCondition);
}

function isCondition(part: TriggerPart): boolean {
  return part.kind === 'condition' || part.kind === 'group' || (part.kind === 'call' && isCallField(part.field));
}

function levelsOf(parts: readonly TriggerPart[]): readonly (readonly TriggerPart[])[] {
  return [parts, ...allParts(parts).flatMap((part) => (part.kind === 'group' ? [part.parts] : []))];
}

function isMixed(level: readonly TriggerPart[]): boolean {
  return new Set(level.flatMap((part) => (part.kind === 'connective' ? [part.word] : []))).size > 1;
}
