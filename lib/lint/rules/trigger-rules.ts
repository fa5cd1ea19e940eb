import type { Token } from '@segment/fql-ts';

import { nearName } from '../near-name.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { hostedParts } from '../subject.ts';
import { isContradiction } from '../trigger-alternatives.ts';
import { allParts, CONDITION_FIELDS, isCallField } from '../trigger-reading.ts';
import type { TriggerPart } from '../trigger-reading.ts';
import { triggerText } from '../trigger-text.ts';
import { connectiveOf, decideAlike } from '../trigger-tree.ts';
import { CONNECTIVES, isSpelling, NEGATIONS, skippedWords, strayWords, unknownCalls } from '../trigger-words.ts';
import { functionHint, unreadableHint } from '../unreadable-hint.ts';

/** Rules on the words of a trigger: what hosted reads differently from what is written, or not at all. */
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
      trigger.problem === undefined ? [] : [{ path: 'trigger', message: `The trigger can't be read (${trigger.problem}), so it would never match.`, suggestion: unreadableHint(trigger) }],
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
    check: eachMapping((subject) => (hostedParts(subject).some(isHole) ? [spot('The trigger has parentheses without a condition that counts, and every event that reaches them fails.', 'Remove the parentheses, or put a condition inside.')] : [])),
  },
  {
    id: 'condition-skipped',
    severity: 'error',
    canAcknowledge: true,
    title: 'A condition on a field that triggers don\'t know is skipped.',
    why: 'Only `type`, `event`, `name`, `userId`, `properties.…`, `traits.…` and `context.…` can be tested. Everything else is skipped without a word: the trigger matches as if the condition weren\'t there, and bills too many events.',
    bad: [{ trigger: 'type = "track" and groupId = "acme"' }],
    good: [{ trigger: 'type = "track" and context.groupId = "acme"' }],
    check: eachMapping((subject) => strayWords(subject).map(({ token, next }) => spot(...strayText(token, next)))),
  },
  {
    id: 'upper-case-connective',
    severity: 'error',
    canAcknowledge: true,
    title: '`and` and `or` count in lower case only.',
    why: 'Other spellings are skipped, and conditions are joined with `and`: an `OR` never matches what it was written for.',
    bad: [{ trigger: 'event = "Order Paid" OR event = "Order Refunded"' }],
    good: [{ trigger: 'event = "Order Paid" or event = "Order Refunded"' }],
    check: eachMapping((subject) => {
      const words = skippedWords(subject).map(({ token }) => token.value).filter((word) => isSpelling(word, CONNECTIVES));
      const corrected = triggerText(subject.trigger.tokens.map((token) => (isSpelling(token.value, CONNECTIVES) ? { ...token, value: token.value.toLowerCase() } : token)));
      return words.length === 0 ? [] : [spot(`The trigger's ${words[0]} is skipped: only lower-case and/or count.`, `Write ${corrected}`)];
    }),
  },
  {
    id: 'negation-ignored',
    severity: 'error',
    canAcknowledge: true,
    title: '`not` is skipped, and `!` counts only right before `contains` or `match`.',
    why: 'The condition holds un-negated: exactly the events that were to be left out are billed, and the others are lost.',
    bad: [{ trigger: 'type = "track" and not event = "Test"' }],
    good: [{ trigger: 'type = "track" and event != "Test"' }],
    check: eachMapping((subject) =>
      skippedWords(subject)
        .filter(({ token }) => isSpelling(token.value, NEGATIONS) && token.type !== 'string')
        .map(({ token }) => spot(`The trigger's ${token.value} has no effect here: what follows counts as if it weren't negated.`, 'Write field != "value", or !contains(…) and !match(…), and turn a negated group around by hand.')),
    ),
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
        .map((level) => spot(`The trigger mixes and/or on one level, so its last one, "${connectiveOf(level)}", joins all the conditions there.`, 'Put what belongs together in parentheses, as in a and (b or c), or make a mapping of each alternative.')),
    ),
  },
  {
    id: 'call-in-parentheses',
    severity: 'error',
    canAcknowledge: true,
    title: 'A call inside parentheses ends them.',
    why: 'A group runs to the first `)`, which is that of the call. What follows is joined to the conditions outside: `type = "track" and (contains(event, "A") or contains(event, "B"))` matches every track event.',
    bad: [{ trigger: 'type = "track" and (contains(event, "Order") or contains(event, "Invoice"))' }],
    good: [{ trigger: 'type = "track" and contains(event, "Order")' }],
    check: eachMapping(({ trigger }) =>
      decideAlike(trigger.hosted, trigger.written) ? [] : [spot('The parentheses end at the ")" of the call inside them, so what follows is joined to the conditions outside.', CALL_HINT)],
    ),
  },
  {
    id: 'unknown-function',
    severity: 'error',
    canAcknowledge: true,
    title: 'Only the functions `contains` and `match` exist.',
    why: 'A call of another function is skipped, or the condition around it is: the trigger matches as if it weren\'t there.',
    bad: [{ trigger: 'type = "track" and contains(lowercase(event), "order")' }],
    good: [{ trigger: 'type = "track" and contains(event, "Order")' }],
    check: eachMapping(({ trigger }) =>
      trigger.problem === undefined
        ? unknownCalls(trigger.tokens).map((name) => spot(`The trigger calls ${name}(…), which doesn't exist, so the condition is skipped.`, functionHint(name)))
        : [],
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
        ? [spot('No event can meet the trigger\'s conditions together, so it never matches.', 'Join alternatives with or, in parentheses of their own; < and > compare numbers only.')]
        : [],
    ),
  },
] as const satisfies readonly Rule[];

const CALL_HINT =
  'Move calls out of parentheses. For alternatives make one mapping of each, with triggers that exclude each other: contains(event, "A") in one, contains(event, "B") and !contains(event, "A") in the other.';

function spot(message: string, suggestion: string): { readonly path: string; readonly message: string; readonly suggestion: string } {
  return { path: 'trigger', message, suggestion };
}

function strayText(token: Token, next: Token): readonly [message: string, suggestion: string] {
  if (next.type !== 'operator') return [`The trigger's ${token.value} is no part of a condition and is skipped.`, 'Write each condition as field = "value", joined with and or or.'];
  const [root = ''] = token.value.split('.');
  const near = nearName(root, CONDITION_FIELDS, 2);
  const known = 'Known are type, event, name, userId, properties.…, traits.… and context.….';
  const message = `The condition on ${token.value} is skipped: triggers don't know that field.`;
  return [message, near === undefined || near === root ? known : `Did you mean ${[near, ...token.value.split('.').slice(1)].join('.')}? ${known}`];
}

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
