/** `13:04:59.120`, in the reader's own zone. @param at epoch milliseconds */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** As {@link clock} on the day itself, else `11-21 13:04`: the last events may be of another day. @param now epoch milliseconds */
export function clockOrDay(at: number, now: number): string {
  const [date, today] = [new Date(at), new Date(now)];
  if (date.toDateString() === today.toDateString()) return clock(at);
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${hourAndMinute(at)}`;
}

/** `13:04` */
export function hourAndMinute(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `2026-11-22 13:04:59.120` */
export function dayAndClock(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
