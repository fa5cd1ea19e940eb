import type { MappingTry } from '../../api.ts';
import { laidOut } from '../json/laid-out.ts';
import { reasonText } from '../live/reason-text.ts';
import { DiffView } from '../text/diff-view.tsx';

interface SavedDifferenceProps {
  readonly tried: MappingTry;
  readonly saved: NonNullable<MappingTry['saved']>;
}

/** What the saved mapping makes of the event, against what the edited one makes. */
export function SavedDifference({ tried, saved }: SavedDifferenceProps) {
  return (
    <details open>
      <summary>Difference to the saved mapping</summary>
      <DiffView label={`Difference of ${tried.mapping.slice(0, 80)}`} before={outcomeText(saved)} after={outcomeText(tried)} beforeName="saved" afterName="edited" />
    </details>
  );
}

function outcomeText({ matched, json, fault }: Pick<MappingTry, 'matched' | 'json' | 'fault'>): string {
  if (!matched) return "doesn't match: no usage event";
  if (fault !== undefined) return `quarantined: ${reasonText(fault)}`;
  return json === undefined ? 'no usage event' : laidOut(json);
}
