import type { Outcome } from '../evaluate.ts';
import type { BrokenEntry, PreviewedEvent } from '../report.ts';
import type { Change } from './compare.ts';
import type { DiffTally } from './tally.ts';

/** Why the change that costs money is an error. */
export const TRANSACTION_ID_SENTENCE = 'The same event gets another transaction_id: if it was sent before, and its answer was lost or it is replayed, it is billed under both ids.';

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
