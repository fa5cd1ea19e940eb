import type { Fault } from './fate.ts';
import type { Usage } from './usage-of.ts';

/** Metronome would keep the first of two equal ids and drop the other in silence, so neither is sent. */
export function refuseDuplicates(usage: readonly Usage[]): readonly Usage[] {
  if (usage.length === 1) return usage;
  const mappingsById = Map.groupBy(
    usage.filter(({ transactionId }) => transactionId !== undefined),
    ({ transactionId }) => transactionId,
  );
  return usage.map((one) => {
    const sharing = mappingsById.get(one.transactionId) ?? [];
    if (one.kind === 'faulty' || sharing.length < 2) return one;
    return { kind: 'faulty', mapping: one.mapping, transactionId: one.transactionId, fault: duplicateFault(sharing.map(({ mapping }) => mapping)) };
  });
}

export function duplicateFault(mappings: readonly string[]): Fault {
  const names = mappings.map((mapping) => `"${mapping}"`).join(', ');
  return {
    reason: 'duplicate_transaction_id',
    field: 'transaction_id',
    detail: `The mappings ${names} give this event the same transaction_id; Metronome would keep only one. Make the ids differ.`,
  };
}
