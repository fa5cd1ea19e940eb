import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { OpenRoot } from '../replay/histories.ts';

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
export function quarantineGroups(open: readonly OpenRoot[]): readonly QuarantineGroup[] {
  const groups = [...Map.groupBy(open, ({ line }) => JSON.stringify([line.reason, mappingOf(line), dayOf(line)])).values()].flatMap(groupOf);
  const byReason = new Map<string, number>();
  for (const { reason, events } of groups) byReason.set(reason, (byReason.get(reason) ?? 0) + events);
  return groups.toSorted((one, other) => {
    const size = (byReason.get(other.reason) ?? 0) - (byReason.get(one.reason) ?? 0);
    return size || compare(one.reason, other.reason) || compare(one.mapping ?? '', other.mapping ?? '') || compare(other.day, one.day);
  });
}

function groupOf(members: readonly OpenRoot[]): QuarantineGroup[] {
  const [first, ...rest] = members;
  if (first === undefined) return [];
  const sample = rest.reduce((latest, one) => (one.line.at > latest.line.at ? one : latest), first);
  return [{ reason: reasonOf(first.line), mapping: mappingOf(first.line), day: dayOf(first.line), events: members.length, sample }];
}

export function reasonOf({ reason }: LedgerLine): string {
  return reason ?? 'unknown';
}

/** The mapping whose fault gave the event its reason. */
export function mappingOf({ reason, usage }: LedgerLine): string | undefined {
  return usage.find((one) => one.reason === reason && one.verdict === 'quarantined')?.mapping;
}

function dayOf({ at }: LedgerLine): string {
  return at.slice(0, DAY_CHARS);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
