import { usageOf } from '../../lambda/forward/usage-of.ts';
import type { Usage } from '../../lambda/forward/usage-of.ts';
import { MappingsFileError } from '../../lambda/mapping/index.ts';
import type { CompiledMapping, ParsedEvent } from '../../lambda/mapping/index.ts';
import type { MappingTry } from './api.ts';
import type { Side, SideEntry } from './try-side.ts';

/** The event, and when it is mapped, in epoch milliseconds. */
export interface Tried {
  readonly parsed: ParsedEvent;
  readonly now: number;
}

/** What one mapping of one side makes of the event. */
export type TryResult = Pick<MappingTry, 'enabled' | 'matched' | 'json' | 'fault'>;

/** By what forward would send; of a mapping that is switched off by what it would be alone. */
export function resultOf({ definition: { name, enabled }, compiled }: SideEntry, { outcome }: Side, { parsed, now }: Tried): TryResult {
  if (compiled instanceof MappingsFileError) return { enabled, matched: false, fault: { reason: 'unusable_mapping', detail: compiled.message } };
  const usage = enabled ? outcome.usage.find((one) => one.mapping === name) : usageOf(parsed, compiled, now);
  return usage === undefined ? { enabled, matched: matchesSafely(compiled, parsed) } : { enabled, matched: true, ...madeOf(usage) };
}

export function isSameResult(one: TryResult, other: TryResult): boolean {
  const isAlike = one.enabled === other.enabled && one.matched === other.matched && one.json === other.json;
  return isAlike && one.fault?.reason === other.fault?.reason && one.fault?.field === other.fault?.field;
}

function madeOf(usage: Usage): Pick<TryResult, 'json' | 'fault'> {
  return usage.kind === 'ready' ? { json: usage.json } : { fault: usage.fault };
}

function matchesSafely({ matches }: CompiledMapping, { ordinary }: ParsedEvent): boolean {
  try {
    return matches(ordinary);
  } catch {
    // What the whole event comes to says why.
    return false;
  }
}
