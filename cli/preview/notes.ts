import type { Usage } from '../../lambda/forward/route.ts';
import { isObject } from '../../lambda/json-value.ts';

/** What people should know of an event that nothing else on its lines tells, or undefined. */
export function typeNote(value: unknown): string | undefined {
  const hasType = !isObject(value) || (typeof value['type'] === 'string' && value['type'] !== '');
  return hasType ? undefined : 'no type: no trigger on type can match';
}

/** The same of a usage event. */
export function usageNotes(usage: Usage, isRepeated: boolean): readonly string[] {
  const hasRoundedId = usage.kind === 'ready' && usage.hasRoundedId;
  return [
    ...(isRepeated ? ['repeats the transaction_id of an earlier usage event of this input; Metronome bills the two once'] : []),
    ...(hasRoundedId ? ['an id holds an integer that JavaScript rounds, so others may get the same one; the hosted destination sends it like this, too'] : []),
  ];
}
