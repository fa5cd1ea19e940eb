import { join } from 'node:path';

/** What the local run's own AWS clients run into, and where the run of chaos reads of it. Travels as JSON in an environment variable. */
export interface AwsFaults {
  readonly seed: number;
  /** Counts the starts of the process, so that each has faults of its own. */
  readonly start: number;
  readonly folder: string;
  /** No faults, but the same token. */
  readonly isCalm: boolean;
}

export const AWS_FAULTS_VARIABLE = 'CHAOS_AWS_FAULTS';

/** The Metronome token as Secrets Manager gives it out. */
export function tokenPath(folder: string): string {
  return join(folder, 'metronome-token');
}

/** The ledger lines for the archive that were not stored, as NDJSON. */
export function refusedArchivePath(folder: string): string {
  return join(folder, 'refused-archive');
}
