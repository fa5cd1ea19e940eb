import { settingsFromEnvironment } from '../../lib/config.ts';
import type { Io } from '../io.ts';
import type { Operator } from '../operator/operator.ts';

const DAY_MS = 24 * 60 * 60_000;

/** How many days the bridge keeps its archive, 0 for none: as it says itself, else by the settings. */
export function archiveDaysOf(operator: Pick<Operator, 'archiveDays'>, io: Io): number {
  return operator.archiveDays ?? settingsFromEnvironment(io.environment, io.projectFolder).archiveDays;
}

/** From when on the archive holds what was delivered and filtered, epoch milliseconds; later than now if there is none. */
export function archivedFrom(archiveDays: number, now: number): number {
  return archiveDays === 0 ? Number.POSITIVE_INFINITY : now - archiveDays * DAY_MS;
}
