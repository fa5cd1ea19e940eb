import { InvalidArgumentError } from 'commander';

const SUFFIXES: Readonly<Record<string, number>> = { '': 1, k: 1_000, M: 1_000_000, B: 1_000_000_000 };
const WHOLE = /^(\d+(?:\.\d+)?)([kMB]?)$/;
/** Four times what Segment takes of a workspace, 100,000 a second. */
const MOST = 1e12;

/** `100M`, `1.5k`, `20_000`: a whole number from 1 to a million millions. */
export function wholeNumber(text: string): number {
  const [, digits = '', suffix = ''] = WHOLE.exec(text.replaceAll('_', '')) ?? [];
  // 1.1k is no whole number in floating point.
  const number = Number((Number(digits) * (SUFFIXES[suffix] ?? 1)).toPrecision(15));
  if (digits === '' || !Number.isInteger(number) || number < 1 || number > MOST) throw new InvalidArgumentError('Expected a whole number from 1 to 1000B, like 20_000, 1.5k, 100M or 10B.');
  return number;
}

export function share(text: string): number {
  const number = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('Expected a share from 0 to 1, like 0.2.');
}

export function positive(text: string): number {
  const number = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number > 0 && number <= 100) return number;
  throw new InvalidArgumentError('Expected a number over 0, at most 100, like 1 or 2.5.');
}

/** Gathers `key=value`, as `npx cdk -c` takes settings. */
export function setting(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected a setting like batchWindowSeconds=60.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
