import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { Judgement } from '../replay/judge.ts';
import type { Journey } from '../trace/journey.ts';

/** An event of the quarantine, with all that is known of it. */
export interface Shown {
  /** The latest of its lines in the quarantine. */
  readonly entry: LedgerEntry;
  readonly journey: Journey;
  /** What the mappings of today make of what is left of it; if they can't be used, why. */
  readonly judged: { readonly judgement: Judgement; readonly mappingsName: string } | { readonly problem: string };
  /** Other events of the quarantine that have the same messageId. */
  readonly others: readonly string[];
}
