import type { DeletedTry, MappingTry } from './api.ts';
import { conditionsOf } from './conditions.ts';
import { fieldViews } from './try-fields.ts';
import { isSameResult, resultOf } from './try-result.ts';
import type { Tried, TryResult } from './try-result.ts';
import type { Side, SideEntry } from './try-side.ts';

/** Each mapping as edited, and the saved one of the same name where that makes something else of the event. */
export function mappingTries(edited: Side, saved: Side, tried: Tried): readonly MappingTry[] {
  return [...edited.entries.values()].map((entry) => {
    const before = saved.entries.get(entry.definition.name);
    const result = resultOf(entry, edited, tried);
    return Object.assign(triggerView(entry, tried), result, {
      fields: fieldViews(entry.definition, tried.parsed),
      saved: savedView(result, before === undefined ? undefined : resultOf(before, saved, tried)),
    });
  });
}

/** What the edited text has no longer under its name, and what it makes of the event as long as that isn't saved. */
export function deletedTries(edited: Side, saved: Side, tried: Tried): readonly DeletedTry[] {
  const gone = [...saved.entries.values()].filter(({ definition }) => !edited.entries.has(definition.name));
  return gone.map((entry) => Object.assign(triggerView(entry, tried), resultOf(entry, saved, tried)));
}

function triggerView({ definition: { name, trigger } }: SideEntry, { parsed }: Tried): Pick<MappingTry, 'mapping' | 'trigger' | 'condition'> {
  return { mapping: name, trigger, condition: conditionsOf(trigger, parsed.ordinary) };
}

function savedView(now: TryResult, before: TryResult | undefined): MappingTry['saved'] {
  if (before === undefined) return { matched: false };
  return isSameResult(now, before) ? undefined : before;
}
