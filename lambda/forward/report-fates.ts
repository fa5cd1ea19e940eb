import type { Telemetry } from '../telemetry.ts';
import type { Fate, ReturnCause } from './fate.ts';
import type { QueuedEvent } from './record.ts';
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

type Ended<K extends Fate['kind']> = Settled & { readonly fate: Extract<Fate, { kind: K }> };

/**
 * Counts fates, and logs what a person may have to act on: each quarantined event, and each cause of a return once.
 * @param now epoch milliseconds
 */
export function reportFates(settled: readonly Settled[], telemetry: Telemetry, now: number): void {
  const [delivered, filtered, quarantined, returned] = [ended(settled, 'delivered'), ended(settled, 'filtered'), ended(settled, 'quarantined'), ended(settled, 'returned')];
  // Zeros, too: an alarm compares these two, and CloudWatch's arithmetic knows no answer where one of them is missing.
  telemetry.count('Delivered', delivered.length);
  telemetry.count('Returned', returned.length);
  if (filtered.length > 0) telemetry.count('Filtered', filtered.length);
  if (quarantined.length > 0) telemetry.count('Quarantined', quarantined.length);
  reportQuarantined(quarantined, telemetry);
  reportReturned(returned, telemetry, now);
  reportUsage(settled, telemetry);
  telemetry.measure(
    'DeliveryLag',
    delivered.filter(({ queued }) => queued.replay === undefined).map(({ queued }) => secondsSince(queued.acceptedAt, now)),
  );
}

function reportQuarantined(quarantined: readonly Ended<'quarantined'>[], telemetry: Telemetry): void {
  for (const { queued, messageId, fate } of quarantined) {
    telemetry.warn('event_quarantined', { reason: fate.reason, field: fate.field, messageId, sqsMessageId: queued.sqsMessageId });
  }
  for (const [reason, events] of tally(quarantined.map(({ fate }) => fate.reason))) telemetry.count('Quarantined', events, { reason });
}

function reportReturned(returned: readonly Ended<'returned'>[], telemetry: Telemetry, now: number): void {
  for (const [cause, events] of tally(returned.map(({ fate }) => fate.cause))) {
    telemetry.count('Returned', events, { cause });
    telemetry.warn('events_returned', { cause, events, advice: ADVICE[cause] });
  }
  if (returned.length === 0) return;
  const oldest = returned.reduce((earliest, { queued }) => Math.min(earliest, waitsSince(queued)), now);
  telemetry.measure('OldestReturnedAge', [secondsSince(oldest, now)]);
}

function reportUsage(settled: readonly Settled[], telemetry: Telemetry): void {
  const usage = settled.flatMap((one) => one.usage).filter(({ before }) => before === undefined);
  for (const [verdict, events] of tally(usage.map((one) => one.verdict))) telemetry.count('UsageEvents', events, { verdict });
}

/** A replay's event was accepted days ago, and somebody decided so: it has kept nobody waiting for longer than it is back. */
function waitsSince({ replay, acceptedAt, sentAt }: QueuedEvent): number {
  return replay === undefined ? acceptedAt : sentAt;
}

function secondsSince(time: number, now: number): number {
  return Math.max(0, Math.round((now - time) / 100) / 10);
}

function ended<K extends Fate['kind']>(settled: readonly Settled[], kind: K): readonly Ended<K>[] {
  return settled.filter((one): one is Ended<K> => one.fate.kind === kind);
}

function tally<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
