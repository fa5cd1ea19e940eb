import type { Telemetry } from '../telemetry.ts';
import type { ReturnCause } from './fate.ts';
import type { Settled } from './settle.ts';

/** What whoever reads the log should know of each cause: what is wrong, or where to look. */
const ADVICE: Readonly<Record<ReturnCause, string>> = {
  configuration: 'The settings, the mappings or the address of Metronome are wrong; the line before says which.',
  token_not_set: 'Set the Metronome token; the line before says how.',
  token_refused: 'Metronome refuses the token, also after it was read anew: put a valid one into its secret.',
  rate_limited: 'Metronome asks to slow down: raise the rate there, or lower metronomeEventsPerSecond.',
  metronome_unavailable: 'Metronome does not answer, or with a fault of its own.',
  unproven_refusal: 'Metronome refuses these events and took no other: the service may be at fault, so nothing is quarantined.',
  split_limit: 'Too many refused requests for one run; the rest follows in the next.',
  deadline: 'The time of one run was up; the rest follows in the next.',
  ledger_unavailable: 'The ledger bucket can not be written, and it holds the only copy of what is filtered or quarantined.',
  internal: 'A fault of the bridge itself; please report it with the line before.',
};

/** Counts fates, and logs what a person may have to act on: each quarantined event, and each cause of a return once. */
export function reportFates(settled: readonly Settled[], telemetry: Telemetry): void {
  const byFate = Map.groupBy(settled, ({ fate }) => fate.kind);
  telemetry.count('Delivered', byFate.get('delivered')?.length ?? 0);
  telemetry.count('Filtered', byFate.get('filtered')?.length ?? 0);
  telemetry.count('Quarantined', byFate.get('quarantined')?.length ?? 0);
  telemetry.count('Returned', byFate.get('returned')?.length ?? 0);
  reportQuarantined(byFate.get('quarantined') ?? [], telemetry);
  reportReturned(byFate.get('returned') ?? [], telemetry);
}

function reportQuarantined(settled: readonly Settled[], telemetry: Telemetry): void {
  const byReason = new Map<string, number>();
  for (const { queued, messageId, fate } of settled) {
    if (fate.kind !== 'quarantined') continue;
    byReason.set(fate.reason, (byReason.get(fate.reason) ?? 0) + 1);
    telemetry.warn('event_quarantined', { reason: fate.reason, field: fate.field, messageId, sqsMessageId: queued.sqsMessageId });
  }
  for (const [reason, events] of byReason) telemetry.count('Quarantined', events, { reason });
}

function reportReturned(settled: readonly Settled[], telemetry: Telemetry): void {
  const byCause = new Map<ReturnCause, number>();
  for (const { fate } of settled) {
    if (fate.kind === 'returned') byCause.set(fate.cause, (byCause.get(fate.cause) ?? 0) + 1);
  }
  for (const [cause, events] of byCause) telemetry.warn('events_returned', { cause, events, advice: ADVICE[cause] });
}
