import { eachMapping } from './rule.ts';
import type { Rule } from './rule.ts';
import type { OwnSpot } from './spot.ts';
import { hostedParts } from './subject.ts';
import type { Subject } from './subject.ts';
import type { TriggerCall, TriggerCondition } from './trigger-reading.ts';

export function eachCondition(check: (condition: TriggerCondition) => readonly OwnSpot[]): Rule['check'] {
  return eachMapping((subject) => conditionsOf(subject).flatMap(check));
}

export function eachConditionOrCall(check: (part: TriggerCondition | TriggerCall) => readonly OwnSpot[]): Rule['check'] {
  return eachMapping((subject) => [...conditionsOf(subject), ...callsOf(subject)].flatMap(check));
}

/** A field that is called like a function is a rule of its own. */
export function eachCall(check: (call: TriggerCall) => readonly OwnSpot[]): Rule['check'] {
  return eachMapping((subject) => callsOf(subject).filter(({ field }) => !isCalled(subject, field)).flatMap(check));
}

/** The fields a trigger looks at, in conditions and calls. */
export function conditionFields(subject: Subject): readonly string[] {
  return [...conditionsOf(subject), ...callsOf(subject)].map(({ field }) => field);
}

function conditionsOf(subject: Subject): readonly TriggerCondition[] {
  return hostedParts(subject).filter((part) => part.kind === 'condition');
}

function callsOf(subject: Subject): readonly TriggerCall[] {
  return hostedParts(subject).filter((part) => part.kind === 'call');
}

function isCalled({ trigger }: Subject, word: string): boolean {
  return trigger.tokens.some(({ value }, at) => value === word && trigger.tokens[at + 1]?.type === 'parenleft');
}
