import { count } from '../../text.ts';
import type { Outcome } from '../evaluate.ts';
import type { BrokenEntry, PreviewedEvent } from '../report.ts';
import type { Change } from './compare.ts';
import type { DiffTally } from './tally.ts';

/** Why the change that costs money is an error. */
export const TRANSACTION_ID_SENTENCE = 'The same event gets another transaction_id: if it was sent before, and its answer was lost or it is replayed, it is billed under both ids.';

/**
 * How to deploy such a change all the same. Metronome knows a usage event by its transaction_id alone, and the queue doesn't
 * tell which of its events were delivered in part, so only an empty one is safe.
 */
export function transactionIdAdvice({ usageEventsChangingId }: Pick<DiffTally, 'usageEventsChangingId'>): string {
  const changing = `${count(usageEventsChangingId, 'usage event')} ${usageEventsChangingId === 1 ? 'changes its' : 'change their'} transaction_id.`;
  const risk = 'Events that still wait in the queue, or were delivered already, if only in part, would be billed under both ids.';
  const steps = 'Drain the queue first: wait until it is empty, deploy with paused, so that nothing is on its way, and then deploy the new mappings without it.';
  return `${changing} ${risk} ${steps} Never replay delivered events under the new ids.`;
}

/** An event whose outcome changes. */
interface ChangedEvent extends PreviewedEvent {
  readonly before: Outcome;
  readonly changes: readonly Change[];
}

/** How a comparison is shown: its parts as text, empty for what isn't shown. */
export interface DiffReport {
  event(event: ChangedEvent): string;
  broken(entry: BrokenEntry): string;
  end(tally: DiffTally): string;
}
