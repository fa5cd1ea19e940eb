import type { Reason } from '../../lambda/forward/fate.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import { ownMember } from '../../lambda/json-value.ts';
import type { FateLine } from './fate-lines.ts';

/** Which events are meant; what isn't given doesn't matter. */
export interface RootFilter {
  readonly reason?: string | undefined;
  readonly field?: string | undefined;
  readonly mapping?: string | undefined;
  readonly customer?: string | undefined;
  /** When it got its fate: from `from` up to before `to`, epoch milliseconds. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Every reason there is; a new one doesn't compile until it is here. */
const EVERY_REASON: Readonly<Record<Reason, true>> = {
  not_json: true,
  not_an_event: true,
  mapping_failed: true,
  missing_field: true,
  invalid_field: true,
  timestamp_invalid: true,
  timestamp_too_old: true,
  timestamp_in_future: true,
  id_too_long: true,
  too_many_properties: true,
  too_large: true,
  duplicate_transaction_id: true,
  refused_by_metronome: true,
  retry_expired: true,
};
export const REASONS = Object.keys(EVERY_REASON);

/** Where an event itself names its customer, by Segment's conventions. */
const CUSTOMER_PATHS = [['context', 'groupId'], ['groupId'], ['userId']] as const;

/** By everything but the customer, who isn't in the line's head. */
export function matchesLine(line: FateLine, { reason, field, mapping, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: RootFilter): boolean {
  const at = Date.parse(line.at);
  if (at < from || at >= to) return false;
  const failed = line.usage.filter(({ verdict }) => verdict !== 'delivered');
  const faults = [line, ...failed];
  if (reason !== undefined && !faults.some((fault) => fault.reason === reason)) return false;
  if (field !== undefined && !faults.some((fault) => fault.field === field)) return false;
  return mapping === undefined || failed.some((usage) => usage.mapping === mapping);
}

/**
 * If an event belongs to a customer: by what today's mappings make of it, or by the ids it names itself.
 * @param event parsed; undefined if it isn't JSON
 */
export function isOfCustomer(customer: string, usage: readonly Usage[], event: unknown): boolean {
  if (usage.some((one) => one.kind === 'ready' && ownMember(JSON.parse(one.json), 'customer_id') === customer)) return true;
  return CUSTOMER_PATHS.some((path) => path.reduce<unknown>(ownMember, event) === customer);
}

/** What was asked for, as a record keeps it. */
export function filterTexts({ from, to, ...texts }: RootFilter): Readonly<Record<string, string | undefined>> {
  return { ...texts, from: isoText(from), to: isoText(to) };
}

function isoText(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
