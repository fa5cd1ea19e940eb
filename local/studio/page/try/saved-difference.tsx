import type { DeletedTry, MappingTry } from '../../api.ts';
import { DiffView } from '../text/diff-view.tsx';
import { deletedTexts, differingTexts } from './outcome-text.ts';
import type { SavedTry } from './outcome-text.ts';

/** What the saved mapping makes of the event, against what the edited one makes. */
export function SavedDifference({ tried, saved }: { readonly tried: MappingTry; readonly saved: SavedTry }) {
  return <Difference mapping={tried.mapping} texts={differingTexts(tried, saved)} />;
}

/** What the saved mapping makes of the event, against nothing. */
export function DeletedDifference({ deleted }: { readonly deleted: DeletedTry }) {
  return <Difference mapping={deleted.mapping} texts={deletedTexts(deleted)} />;
}

interface DifferenceProps {
  readonly mapping: string;
  readonly texts: { readonly before: string; readonly after: string };
}

function Difference({ mapping, texts: { before, after } }: DifferenceProps) {
  return (
    <details open>
      <summary>Difference to the saved mapping</summary>
      <DiffView label={`Difference of ${mapping.slice(0, 80)}`} before={before} after={after} beforeName="saved" afterName="edited" />
    </details>
  );
}
