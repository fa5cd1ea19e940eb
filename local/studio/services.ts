import type { Fate } from '../../lambda/forward/fate.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import type { CompiledMapping } from '../../lambda/mapping/index.ts';
import type { FindingView, QuarantineView, ReplayRequest, ReplayView } from './api.ts';
import type { Run } from './run.ts';

/** What the bridge makes of an event if Metronome takes all that it is sent. */
export interface Outcome {
  readonly fate: Fate;
  readonly usage: readonly Usage[];
}

/** What is found in the text of a mappings file; the places are not looked up yet. */
export interface CheckedText {
  readonly problems: readonly string[];
  readonly findings: readonly Omit<FindingView, 'from' | 'to'>[];
}

/**
 * What the studio needs of the operator's tool and of the linter. Handed in, as the local run may not import either. Each
 * may throw a StudioProblem with a sentence for the page.
 */
export interface StudioServices {
  /** The linter, and what no linter could read. Never throws for the text. */
  check(text: string): CheckedText;
  /**
   * Forward's own code on one event.
   * @param text the event's JSON; undefined if it isn't UTF-8
   * @param moment when it is mapped, epoch milliseconds
   * @param acceptedAt epoch milliseconds; without it the same moment
   */
  evaluate(text: string | undefined, mappings: readonly CompiledMapping[], moment: number, acceptedAt?: number): Outcome;
  /** Two outcomes of one event in words, each as far as it differs from the other; undefined if they are alike. */
  difference(before: Outcome, after: Outcome): { readonly before: string; readonly after: string } | undefined;
  /** What the ledger of the running bridge holds, the newest first, some at a time. */
  past(): AsyncIterable<readonly Run[]>;
  quarantine(): Promise<QuarantineView>;
  replay(request: ReplayRequest): Promise<ReplayView>;
}
