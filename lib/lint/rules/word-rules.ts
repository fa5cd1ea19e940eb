import type { Token } from '@segment/fql-ts';

import { nearName } from '../near-name.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { triggerSpot } from '../spot.ts';
import type { Advice } from '../spot.ts';
import { CONDITION_FIELDS } from '../trigger-reading.ts';
import { triggerText } from '../trigger-text.ts';
import { CONNECTIVES, isSpelling, NEGATIONS, skippedWords, strayWords, unknownCalls } from '../trigger-words.ts';
import { functionHint } from '../unreadable-hint.ts';

/** Rules on the words of a trigger that hosted passes over. */
export const WORD_RULES = [
  {
    id: 'condition-skipped',
    severity: 'error',
    canAcknowledge: true,
    title: 'A condition on a field that triggers don\'t know is skipped.',
    why: 'Only `type`, `event`, `name`, `userId`, `properties.…`, `traits.…` and `context.…` can be tested. Everything else is skipped without a word: the trigger matches as if the condition weren\'t there, and bills too many events.',
    bad: [{ trigger: 'type = "track" and groupId = "acme"' }],
    good: [{ trigger: 'type = "track" and context.groupId = "acme"' }],
    check: eachMapping((subject) => strayWords(subject).map(({ token, next }) => triggerSpot(...strayAdvice(token, next)))),
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
      return words.length === 0 ? [] : [triggerSpot(`The trigger's ${words[0]} is skipped: only lower-case and/or count.`, `Write ${corrected}`)];
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
        .map(({ token }) => triggerSpot(`The trigger's ${token.value} has no effect here: what follows counts as if it weren't negated.`, 'Write field != "value", or !contains(…) and !match(…), and turn a negated group around by hand.')),
    ),
  },
  {
    id: 'unknown-function',
    severity: 'error',
    canAcknowledge: true,
    title: 'Only the functions `contains` and `match` exist.',
    why: 'A call of another function is skipped, or the condition around it is: the trigger matches as if it weren\'t there.',
    bad: [{ trigger: 'type = "track" and contains(lowercase(event), "order")' }],
    good: [{ trigger: 'type = "track" and contains(event, "order")' }, { trigger: 'type = "track" and contains(event, "Order") and !contains(event, "order")' }],
    check: eachMapping(({ trigger }) =>
      trigger.problem === undefined
        ? unknownCalls(trigger.tokens).map((name) => triggerSpot(`The trigger calls ${name}(…), which doesn't exist, so the condition is skipped.`, functionHint(name)))
        : [],
    ),
  },
] as const satisfies readonly Rule[];

function strayAdvice(token: Token, next: Token): Advice {
  if (next.type !== 'operator') return [`The trigger's ${token.value} is no part of a condition and is skipped.`, 'Write each condition as field = "value", joined with and or or.'];
  const [root = ''] = token.value.split('.');
  const near = nearName(root, CONDITION_FIELDS, 2);
  const known = 'Known are type, event, name, userId, properties.…, traits.… and context.….';
  const message = `The condition on ${token.value} is skipped: triggers don't know that field.`;
  return [message, near === undefined || near === root ? known : `Did you mean ${[near, ...token.value.split('.').slice(1)].join('.')}? ${known}`];
}
