import { nearestKey } from '../nearest-key.ts';

/** Comparing takes time by the product of both lengths, and nothing this long is a misspelt name. */
const MAX_CHARS = 60;

/** The known name that a misspelt one was surely meant as. */
export function nearName(name: string, known: readonly string[], withinEdits: number): string | undefined {
  return name.length > MAX_CHARS ? undefined : nearestKey(name, known, withinEdits);
}
