import type { DeletedTry, MappingTry } from '../../api.ts';
import { laidOut } from '../json/laid-out.ts';
import { reasonText } from '../live/reason-text.ts';

export type SavedTry = NonNullable<MappingTry['saved']>;

/** Two outcomes to be compared line by line. */
interface Texts {
  readonly before: string;
  readonly after: string;
}

const OFF = 'switched off: no usage event';

/** Of a mapping that is off on both sides, by what it would make if it were on. */
export function differingTexts(tried: MappingTry, saved: SavedTry): Texts {
  if (saved.enabled === undefined) return { before: 'not in the saved file: no usage event', after: outcomeText(tried) };
  return {
    before: saved.enabled || !tried.enabled ? outcomeText(saved) : OFF,
    after: tried.enabled || !saved.enabled ? outcomeText(tried) : OFF,
  };
}

export function deletedTexts(deleted: DeletedTry): Texts {
  return { before: deleted.enabled ? outcomeText(deleted) : OFF, after: 'no such mapping: no usage event' };
}

function outcomeText({ matched, json, fault }: Pick<MappingTry, 'matched' | 'json' | 'fault'>): string {
  if (fault !== undefined) return `${matched ? 'quarantined' : 'no usage event'}: ${reasonText(fault)}`;
  if (!matched) return "doesn't match: no usage event";
  return json === undefined ? 'no usage event' : laidOut(json);
}
