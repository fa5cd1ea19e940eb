const HOUR_MS = 60 * 60_000;
/** As `ledgerKey` makes them: `archive/date=2026-11-21/hour=09/093012123Z-….ndjson.gz`. */
const KEY = /\/date=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/(?:\d\d)(\d\d)(\d\d)(\d{3})Z-/;

/** The `date=…/hour=…/` parts that hold what was written from `from` up to before `to`, epoch milliseconds. */
export function hourFolders(from: number, to: number): string[] {
  const first = Math.floor(from / HOUR_MS);
  const length = Math.max(0, Math.ceil(to / HOUR_MS) - first);
  return Array.from({ length }, (_, index) => hourFolder((first + index) * HOUR_MS));
}

function hourFolder(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return `date=${date}/hour=${time.slice(0, 2)}/`;
}

/** When an object was written, epoch milliseconds, by its key; undefined for a key that isn't the ledger's. */
export function writtenAt(key: string): number | undefined {
  const [, date, hour, minute, second, millisecond] = KEY.exec(key) ?? [];
  const at = Date.parse(`${date}T${hour}:${minute}:${second}.${millisecond}Z`);
  return Number.isNaN(at) ? undefined : at;
}
