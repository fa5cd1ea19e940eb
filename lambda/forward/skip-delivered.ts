import type { DeliveredUsage } from '../message.ts';
import type { Fault } from './fate.ts';
import { duplicateFault, refuseDuplicates } from './refuse-duplicates.ts';
import type { Usage } from './usage-of.ts';

/**
 * The usage events that are left to send, or to set aside, of an event that is replayed. One that was delivered is known
 * by its mapping, whatever the mapping makes of the event today; or by its id, when the mapping has another name by now.
 * An id that was delivered for a mapping which still takes part belongs to that one alone: Metronome would drop the other
 * in silence.
 */
export function skipDelivered(usage: readonly Usage[], delivered: readonly DeliveredUsage[]): readonly Usage[] {
  if (delivered.length === 0) return refuseDuplicates(usage);
  const deliveredMappings = new Set(delivered.map(({ mapping }) => mapping));
  const takingPart = new Set(usage.map(({ mapping }) => mapping));
  const others = refuseDuplicates(usage.filter(({ mapping }) => !deliveredMappings.has(mapping)));
  return others.flatMap((one): Usage[] => {
    if (isDuplicate(one)) return [one];
    const owners = delivered.filter(({ transactionId }) => transactionId === one.transactionId).map(({ mapping }) => mapping);
    if (owners.length === 0) return [one];
    const present = owners.filter((mapping) => takingPart.has(mapping));
    return present.length === 0 ? [] : [refused(one, duplicateFault([...present, one.mapping]))];
  });
}

function isDuplicate(usage: Usage): boolean {
  return usage.kind === 'faulty' && usage.fault.reason === 'duplicate_transaction_id';
}

function refused({ mapping, transactionId }: Usage, fault: Fault): Usage {
  return { kind: 'faulty', mapping, transactionId, fault };
}
