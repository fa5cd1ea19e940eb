import { DELIVERED } from '../message.ts';
import type { DeliveredUsage, Replay } from '../message.ts';
import type { Fault } from './fate.ts';
import { duplicateFault, refuseDuplicates } from './refuse-duplicates.ts';
import type { Usage } from './usage-of.ts';

/**
 * The usage events that are left to send, or to set aside, of an event that is replayed. One that was delivered is known
 * by its mapping, whatever the mapping makes of the event today; or by its id, when the mapping has another name by now.
 * An id that was delivered for a mapping which still takes part belongs to that one alone: Metronome would drop the other
 * in silence; so it would one that took part before without being delivered. When a delivered one is known by neither,
 * nothing is sent: it may be any of the others under another name.
 */
export function skipDelivered(usage: readonly Usage[], replay: Pick<Replay, 'delivered' | 'undelivered' | 'nothingRenamed'> | undefined): readonly Usage[] {
  if (replay === undefined || replay.delivered.length === 0) return refuseDuplicates(usage);
  const deliveredNames = new Set(replay.delivered.map(({ mapping }) => mapping));
  const ownNames = new Set([...deliveredNames, ...(replay.undelivered ?? [])]);
  const left = notDelivered(usage, replay.delivered, deliveredNames, ownNames);
  const unknown = replay.nothingRenamed === true ? [] : notTakingPart(usage, replay.delivered, ownNames);
  return unknown.length === 0 ? left : left.map((one) => (one.kind === 'ready' ? refused(one, renamedFault(unknown, one)) : one));
}

type Names = ReadonlySet<string>;

/** @param ownNames that stand for themselves, whatever id they take now */
function notDelivered(usage: readonly Usage[], delivered: readonly DeliveredUsage[], deliveredNames: Names, ownNames: Names): readonly Usage[] {
  const takingPart = new Set(usage.map(({ mapping }) => mapping));
  const others = refuseDuplicates(usage.filter(({ mapping }) => !deliveredNames.has(mapping)));
  return others.flatMap((one): Usage[] => {
    if (isDuplicate(one)) return [one];
    const owners = delivered.filter(({ transactionId }) => transactionId === one.transactionId).map(({ mapping }) => mapping);
    if (owners.length === 0) return [one];
    const present = ownNames.has(one.mapping) ? owners : owners.filter((mapping) => takingPart.has(mapping));
    return present.length === 0 ? [] : [refused(one, duplicateFault([...present, one.mapping]))];
  });
}

/** Delivered ones that are neither by name nor by id among what the mappings make of the event today. */
function notTakingPart(usage: readonly Usage[], delivered: readonly DeliveredUsage[], ownNames: Names): readonly DeliveredUsage[] {
  return delivered.filter((before) => !usage.some((one) => one.mapping === before.mapping || (!ownNames.has(one.mapping) && one.transactionId === before.transactionId)));
}

function isDuplicate(usage: Usage): boolean {
  return usage.kind === 'faulty' && usage.fault.reason === 'duplicate_transaction_id';
}

function renamedFault(unknown: readonly DeliveredUsage[], { mapping }: Usage): Fault {
  const names = [...new Set(unknown.map((before) => `"${before.mapping}"`))].join(', ');
  const detail = `${names} was delivered before, and no mapping of that name or id takes part now. "${mapping}" may be the same under another name, so nothing is sent: it could be billed twice.`;
  return { reason: 'invalid_field', field: DELIVERED, detail };
}

function refused({ mapping, transactionId }: Usage, fault: Fault): Usage {
  return { kind: 'faulty', mapping, transactionId, fault };
}
