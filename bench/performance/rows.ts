import type { Contest } from './alternate.ts';
import type { Summary } from './statistics.ts';

export const SECTIONS = ['mapping', 'forward', 'ingest', 'start', 'whole', 'outage', 'cost'] as const;
export type Section = (typeof SECTIONS)[number];

/** What a figure has to hold. */
export type Mark = { readonly atLeast: number } | { readonly atMost: number };

/** How the figure that counts is read: so many times as fast, that share of the speed, so many times as long or as much, or as it is. */
export type Reading = 'times as fast' | 'of the speed' | 'times as long' | 'times as much' | 'amount';

/** One line of the result. */
export interface Row {
  readonly section: Section;
  readonly what: string;
  /** What it is measured beside; empty if it stands for itself. */
  readonly against: string;
  readonly unit: 'µs' | 'ms' | 'requests' | 'events/s' | 'KB' | 'MB' | '$';
  readonly ours: number;
  readonly peer?: number;
  /** By the clock, for what happens over and over. */
  readonly oursPerSecond?: number;
  readonly peerPerSecond?: number;
  readonly reading: Reading;
  /** The figure that counts: for times, the ratio of CPU times, since others use the machine too. */
  readonly value: Summary;
  /** The same ratio of the times on the clock. */
  readonly wallValue?: Summary;
  readonly mark?: Mark;
}

/** What a row of a contest needs besides its times. */
export type RowOf = Pick<Row, 'section' | 'what' | 'against' | 'reading' | 'mark'> & { readonly unit: 'µs' | 'ms' };

export function contestRow({ unit, ...rest }: RowOf, contest: Contest): Row {
  const scale = unit === 'ms' ? 1_000 : 1;
  const read = rest.reading === 'times as long' ? inverse : (summary: Summary) => summary;
  return {
    ...rest,
    unit,
    ours: contest.ours.cpuMicros.median / scale,
    peer: contest.peer.cpuMicros.median / scale,
    ...(unit === 'µs' && { oursPerSecond: 1e6 / contest.ours.wallMicros.median, peerPerSecond: 1e6 / contest.peer.wallMicros.median }),
    value: read(contest.cpuRatio),
    wallValue: read(contest.wallRatio),
  };
}

function inverse({ median, low, high, samples }: Summary): Summary {
  return { median: 1 / median, low: 1 / high, high: 1 / low, samples };
}

/** A figure that stands for itself, such as a number of requests. */
export function amountRow(row: Pick<Row, 'section' | 'what' | 'against' | 'unit' | 'ours' | 'peer' | 'mark'>): Row {
  return { ...row, reading: 'amount', value: { median: row.ours, low: row.ours, high: row.ours, samples: 1 } };
}

/** The same thing later, beside what it was at first. */
export function growthRow(row: Pick<Row, 'section' | 'what' | 'against' | 'unit' | 'ours' | 'mark'> & { readonly peer: number }): Row {
  const ratio = row.ours / row.peer;
  return { ...row, reading: 'times as much', value: { median: ratio, low: ratio, high: ratio, samples: 1 } };
}

/** Whether a row's mark holds, and else by what share it is missed. */
export type Judgement = { readonly holds: true } | { readonly holds: false; readonly missedBy: number };

/** Undefined for a row that has no mark. */
export function judge({ mark, value }: Pick<Row, 'mark' | 'value'>): Judgement | undefined {
  if (mark === undefined) return undefined;
  if ('atLeast' in mark) return value.median >= mark.atLeast ? { holds: true } : { holds: false, missedBy: 1 - value.median / mark.atLeast };
  return value.median <= mark.atMost ? { holds: true } : { holds: false, missedBy: value.median / mark.atMost - 1 };
}
