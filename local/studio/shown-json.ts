/** A value's JSON for people, cut where it gets long; undefined for nothing at all. */
export function shownJson(value: unknown, maxChars: number): string | undefined {
  const json = jsonOf(value);
  return json === undefined || json.length <= maxChars ? json : `${json.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '')}…`;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '"(nested too deeply to be shown)"';
    throw error;
  }
}
