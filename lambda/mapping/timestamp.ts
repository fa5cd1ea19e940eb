import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';

import { describeType } from '../json-value.ts';
import { UsageEventError } from './usage-event-error.ts';

dayjs.extend(utc);

const READABLE_FORMS =
  'Read are ISO 8601 text such as 2026-01-02T03:04:05.678Z, other common date text, and numbers as milliseconds since 1970 ' +
  '(not seconds). Digits sent as text are read as a calendar date, not as an epoch.';

/**
 * Characters of the longest text read as a date, zone name and all. The library's pattern takes a time that grows with the
 * square of the length: seconds for a megabyte of digits, which would hold up every other event.
 */
const MAX_TEXT_CHARS = 256;

/** Text that is already what would be sent. The 29th to 31st take the long way, because not every month has them. */
const ALREADY_SERIALISED = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * A mapped timestamp as `YYYY-MM-DDTHH:mm:ss.sssZ` (years past 9999 with a sign and six digits), read as the hosted
 * destination reads it: numbers are milliseconds since 1970, cut to whole ones; text without a zone is UTC, or of the
 * process's time zone in forms only the JavaScript Date parser knows. Throws UsageEventError for what hosted refuses.
 */
export function toTimestamp(mapped: unknown): string {
  if (typeof mapped === 'string' && ALREADY_SERIALISED.test(mapped)) return mapped;
  const value = coerceToTextOrNumber(mapped);
  if (typeof value === 'string' && value.length > MAX_TEXT_CHARS) {
    throw new UsageEventError('timestamp_invalid', 'timestamp', `timestamp has ${value.length} characters, which no date has. ${READABLE_FORMS}`);
  }
  const date = dayjs.utc(value);
  const isReadable = !Number.isNaN(date.valueOf()) && (typeof value === 'number' || fitsUnixSeconds(value));
  if (isReadable) return date.toISOString();
  const found = typeof mapped === 'number' ? 'a number outside the range of dates' : describeType(mapped);
  throw new UsageEventError('timestamp_invalid', 'timestamp', `timestamp can't be read as a date: the mapping gave ${found}. ${READABLE_FORMS}`);
}

/**
 * What Ajv's coercion to string or number makes of it, which hosted applies first. Its union of types never matches the
 * item of a one-item array as it is, only after a conversion: so text in an array must be numeric, and a number becomes text.
 */
function coerceToTextOrNumber(mapped: unknown): string | number {
  if (typeof mapped === 'string' || (typeof mapped === 'number' && Number.isFinite(mapped))) return mapped;
  const item: unknown = Array.isArray(mapped) && mapped.length === 1 ? mapped[0] : mapped;
  if (typeof item === 'number' || typeof item === 'boolean') return String(item);
  if (item === null) return '';
  if (typeof item === 'string' && item !== '' && !Number.isNaN(Number(item))) return Number(item);
  const found = describeType(mapped);
  throw new UsageEventError('invalid_field', 'timestamp', `timestamp must be text or a number, but the mapping gave ${found}. ${READABLE_FORMS}`);
}

/** Hosted checks canonical decimal text as seconds since 1970, although it then reads it as a calendar date. */
function fitsUnixSeconds(text: string): boolean {
  const seconds = Number(text);
  return String(seconds) !== text || !Number.isNaN(new Date(seconds * 1000).getTime());
}
