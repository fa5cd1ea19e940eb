import { editDistance } from '../lambda/edit-distance.ts';

/** How a name is compared: `archive-days` and `ARCHIVE_DAYS` are meant as `archiveDays`. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** The known key closest to a misspelt one, or none when nothing lies within `withinEdits` of it. */
export function nearestKey(key: string, known: readonly string[], withinEdits: number): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(bare(key), bare(candidate)) }))
    .filter(({ edits }) => edits <= withinEdits)
    .toSorted((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

/** The end of a sentence that refuses a key: the likely spelling, or all of them. `naming` shows a key the way its reader writes it. */
export function suggestKey(key: string, known: readonly string[], naming: (key: string) => string): string {
  const nearest = nearestKey(key, known, Math.max(2, Math.floor(key.length / 2)));
  return nearest === undefined ? `known are ${known.map(naming).join(', ')}` : `did you mean ${naming(nearest)}?`;
}
