import { judge } from './rows.ts';
import type { Reading, Row } from './rows.ts';
import type { Summary } from './statistics.ts';

/** `0.5 KB` */
export function kilobytes(bytes: number): string {
  return `${bytes / 1_000} KB`;
}

/** With as many digits as mean something: three. */
export function number(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** Events in a second, to three digits. */
export function rate(perSecond: number): string {
  return perSecond.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

/** `66×`, `53 %` */
export function figure(value: number, reading: Reading, unit: Row['unit']): string {
  if (reading === 'of the speed') return `${number(value * 100)} %`;
  return reading === 'amount' ? amount(value, unit) : `${number(value)}×`;
}

/** `12 µs`, `$0.30` */
export function amount(value: number, unit: Row['unit']): string {
  return unit === '$' ? `$${value.toFixed(2)}` : `${number(value)} ${unit}`;
}

/** The middle, and where the middle half of all measurements lies. */
export function spread({ median, low, high, samples }: Summary, { reading, unit }: Pick<Row, 'reading' | 'unit'>): string {
  const middle = figure(median, reading, unit);
  return samples === 1 ? middle : `${middle} (${figure(low, reading, unit)} to ${figure(high, reading, unit)})`;
}

export function markText({ mark, reading, unit }: Pick<Row, 'mark' | 'reading' | 'unit'>): string {
  if (mark === undefined) return '';
  return 'atLeast' in mark ? `≥ ${figure(mark.atLeast, reading, unit)}` : `≤ ${figure(mark.atMost, reading, unit)}`;
}

/** `holds`, or by how much not; nothing for a row without a mark. */
export function verdict(row: Pick<Row, 'mark' | 'value'>): string {
  const judgement = judge(row);
  if (judgement === undefined) return '';
  return judgement.holds ? 'holds' : `MISSED by ${number(judgement.missedBy * 100)} %`;
}
