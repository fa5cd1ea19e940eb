import { amountRow, growthRow } from './rows.ts';
import type { Mark, Row } from './rows.ts';
import type { Summary } from './statistics.ts';
import { number } from './text.ts';
import type { Phase } from './whole-drive.ts';

/** What the bridge holds on to, after a collection. */
export interface Kept {
  readonly heapBytes: number;
  /** Of all its processes; undefined where the system doesn't tell. */
  readonly residentBytes: number | undefined;
  /** In its data folder. */
  readonly storedBytes: number;
}

/** After so many events: what one costs then, and what is kept. */
export interface Milestone {
  readonly events: number;
  /** Undefined where the system doesn't tell. */
  readonly cpuMicros: Summary | undefined;
  /** Of the last stride on the way there. */
  readonly eventsPerSecond: number | undefined;
  readonly kept: Kept;
}

const MB = 1_000_000;
const KB = 1_000;
/** Flat: a quarter more at most, for what else the machine does is in it. */
const FLAT: Mark = { atMost: 1.25 };

const kind = (eventsPerWebhook: number): string => (eventsPerWebhook === 1 ? 'single webhooks' : `webhooks of ${eventsPerWebhook} events`);
const after = ({ events }: Milestone): string => `after ${number(events)} events`;

export function speedRows(eventsPerWebhook: number, { eventsPerSecond, cpuMicros, resent }: Omit<Phase, 'lagsMs'>): readonly Row[] {
  const row = { section: 'whole', against: '' } as const;
  const speed = amountRow({ ...row, what: `at most, ${kind(eventsPerWebhook)}`, unit: 'events/s', ours: eventsPerSecond });
  const busy = amountRow({ ...row, what: `answered 503 meanwhile and sent again, ${kind(eventsPerWebhook)}`, unit: 'requests', ours: resent });
  return cpuMicros === undefined ? [speed, busy] : [speed, busy, amountRow({ ...row, what: `CPU time of an event, ${kind(eventsPerWebhook)}`, unit: 'µs', ours: cpuMicros })];
}

export function lagRows(eventsPerWebhook: number, rate: number, { p50, p99 }: Readonly<Record<'p50' | 'p99', number>>): readonly Row[] {
  const what = `from the webhook's answer to Metronome, ${number(rate)} events/s in ${kind(eventsPerWebhook)}`;
  return Object.entries({ p50, p99 }).map(([name, ours]) => amountRow({ section: 'whole', against: '', what: `${what}, ${name}`, unit: 'ms', ours }));
}

/**
 * Each milestone beside the first for CPU time; memory, speed and the data folder from the second on, when the buffers of the
 * page are full. The last is marked.
 * @param milestones two or more
 */
export function flatRows(milestones: readonly Milestone[]): readonly Row[] {
  const [first, ...later] = milestones;
  const last = later.at(-1);
  const settled = later.length > 1 ? later[0] : first;
  if (first === undefined || last === undefined || settled === undefined) throw new Error('Growth needs two milestones.');
  return [...later.flatMap((one) => cpuRows(one, first, one === last)), ...rateRows(last, settled), ...memoryRows(last, settled), storedRow(last, settled)];
}

function cpuRows(one: Milestone, first: Milestone, isMarked: boolean): readonly Row[] {
  if (one.cpuMicros === undefined || first.cpuMicros === undefined) return [];
  const [ours, peer] = [one.cpuMicros, first.cpuMicros];
  const value = { median: ours.median / peer.median, low: ours.low / peer.high, high: ours.high / peer.low, samples: ours.samples };
  const row = { section: 'whole', what: `CPU time of an event, ${after(one)}`, against: after(first), unit: 'µs', reading: 'times as much', ...(isMarked && { mark: FLAT }) } as const;
  return [{ ...row, ours: ours.median, peer: peer.median, value }];
}

/** By the clock, so without a mark: others use the machine, too. */
function rateRows(last: Milestone, settled: Milestone): readonly Row[] {
  if (last.eventsPerSecond === undefined || settled.eventsPerSecond === undefined) return [];
  return [growthRow({ section: 'whole', what: `at most, ${after(last)}`, against: after(settled), unit: 'events/s', ours: last.eventsPerSecond, peer: settled.eventsPerSecond })];
}

function memoryRows(last: Milestone, settled: Milestone): readonly Row[] {
  const row = { section: 'whole', against: after(settled), unit: 'MB', mark: FLAT } as const;
  const heap = growthRow({ ...row, what: `objects and buffers, ${after(last)}`, ours: last.kept.heapBytes / MB, peer: settled.kept.heapBytes / MB });
  if (last.kept.residentBytes === undefined || settled.kept.residentBytes === undefined) return [heap];
  return [growthRow({ ...row, what: `resident memory, ${after(last)}`, ours: last.kept.residentBytes / MB, peer: settled.kept.residentBytes / MB }), heap];
}

function storedRow(last: Milestone, settled: Milestone): Row {
  const perEvent = (last.kept.storedBytes - settled.kept.storedBytes) / (last.events - settled.events);
  return amountRow({ section: 'whole', against: '', what: 'growth of the data folder for an event', unit: 'KB', ours: perEvent / KB });
}
