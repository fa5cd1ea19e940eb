/** A JSON object of members that are JSON text already, so that numbers in them keep their digits; undefined ones are left out. */
export function jsonObject(members: Readonly<Record<string, string | undefined>>): string {
  const written = Object.entries(members).flatMap(([name, text]) => (text === undefined ? [] : [`${JSON.stringify(name)}:${text}`]));
  return `{${written.join(',')}}`;
}

export function jsonArray(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

/** A value's JSON; undefined stays undefined, as JSON has none. */
export function jsonText(value: string | number | null): string;
export function jsonText(value: unknown): string | undefined;
export function jsonText(value: unknown): string | undefined {
  return JSON.stringify(value);
}

/** Values as NDJSON: each on a line of its own. */
export function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
