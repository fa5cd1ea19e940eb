const RFC_3339 =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt](?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d+))?(?:[Zz]|(?<sign>[+-])(?<offsetHour>\d\d):(?<offsetMinute>\d\d))$/;

/**
 * Reads an RFC 3339 time (section 5.6) strictly: a four-digit year, days that exist, an offset. A leap second is refused,
 * as most parsers do.
 * @returns milliseconds since 1970, or undefined when the text is no such time.
 */
export function rfc3339Millis(text: string): number | undefined {
  const parts = RFC_3339.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const part = (name: string): number => Number(parts[name] ?? 0);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (part('hour') > 23 || part('minute') > 59 || part('second') > 59) return undefined;
  if (part('offsetHour') > 23 || part('offsetMinute') > 59) return undefined;

  // setUTCFullYear, because Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  time.setUTCHours(part('hour'), part('minute'), part('second'), Math.floor(Number(`0.${parts.fraction ?? 0}`) * 1000));
  const offsetMillis = (part('offsetHour') * 60 + part('offsetMinute')) * 60_000;
  return time.getTime() - (parts.sign === '-' ? -offsetMillis : offsetMillis);
}

function daysIn(year: number, month: number): number {
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(year, month, 0);
  return lastDay.getUTCDate();
}
