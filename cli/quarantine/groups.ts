import type { FateLine } from '../replay/fate-lines.ts';
import type { OpenRoot } from '../replay/open-roots.ts';

/** Open events alike in reason, mapping and day. */
export interface QuarantineGroup {
  readonly reason: string;
  /** Undefined for what was set aside before any mapping saw it. */
  readonly mapping: string | undefined;
  /** Of the latest line, UTC. */
  readonly day: string;
  readonly events: number;
  /** The latest of them. */
  readonly sample: OpenRoot;
}

const DAY_CHARS = 'YYYY-MM-DD'.length;

/** By reason, mapping and day; the reason with the most events first, within it the latest day. */
export function quarantineGroups(open: Iterable<OpenRoot>): readonly QuarantineGroup[] {
  const groups = [...counted(open)];
  const byReason = new Map<string, number>();
  for (const { reason, events } of groups) byReason.set(reason, (byReason.get(reason) ?? 0) + events);
  return groups.toSorted((one, other) => {
    const size = (byReason.get(other.reason) ?? 0) - (byReason.get(one.reason) ?? 0);
    return size || compare(one.reason, other.reason) || compare(one.mapping ?? '', other.mapping ?? '') || compare(other.day, one.day);
  });
}

/** One event after the other: of millions only the groups are held. */
function counted(open: Iterable<OpenRoot>): Iterable<QuarantineGroup> {
  const groups = new Map<string, QuarantineGroup>();
  for (const one of open) {
    const [reason, mapping, day] = [one.line.reason ?? 'unknown', mappingOf(one.line), one.line.at.slice(0, DAY_CHARS)];
    const key = JSON.stringify([reason, mapping, day]);
    const { events, sample } = groups.get(key) ?? { events: 0, sample: one };
    groups.set(key, { reason, mapping, day, events: events + 1, sample: one.line.at > sample.line.at ? one : sample });
  }
  return groups.values();
}

/** The mapping whose fault gave the event its reason. */
function mappingOf({ reason, usage }: FateLine): string | undefined {
  return usage.find((one) => one.reason === reason && one.verdict === 'quarantined')?.mapping;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
