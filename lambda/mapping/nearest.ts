import { editDistance } from '../edit-distance.ts';

/**
 * The candidate closest to what was written, so that an error can ask "did you mean …?"; undefined when none is within a
 * third of its length (one edit at least). Letter case costs nothing.
 */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const allowed = Math.max(1, Math.floor(candidate.length / 3));
    if (Math.abs(written.length - candidate.length) > allowed) continue;
    const edits = editDistance(written.toLowerCase(), candidate.toLowerCase());
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}
