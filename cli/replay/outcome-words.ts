import type { OutcomeKind } from './tally.ts';

interface Words {
  /** What would become of the event, in a dry run. */
  readonly dry: string;
  /** Of one that is sent. */
  readonly sent: string;
  /** Of one that stays where it is. */
  readonly left: string;
}

const WORDS: Readonly<Record<OutcomeKind, Words>> = {
  delivered: { dry: 'would be delivered', sent: 'go back, to be delivered', left: 'could be delivered' },
  delivered_in_part: { dry: 'would be delivered in part', sent: 'go back, to be delivered in part', left: 'could be delivered in part' },
  filtered: { dry: 'would be filtered: no mapping matches any more', sent: 'go back, to be filtered', left: 'stay: no mapping matches any more' },
  nothing_left: { dry: 'would send nothing: the rest of it was delivered before', sent: 'go back, to be closed: nothing of them is sent', left: 'stay: the rest of it was delivered before' },
  quarantined: { dry: 'would only be quarantined again', sent: 'go back, to be quarantined again', left: 'stay: would only be quarantined again' },
  too_old: { dry: 'are too old to be billed safely', sent: 'go back', left: 'stay: too old to be billed safely' },
  refused: { dry: "can't be replayed safely", sent: 'go back', left: "stay: can't be replayed safely" },
};

/** One outcome's words for people, behind a number of events. */
export function outcomeWords(kind: OutcomeKind, isDryRun: boolean, isSent: boolean): string {
  const { dry, sent, left } = WORDS[kind];
  if (isDryRun) return dry;
  return isSent ? sent : left;
}
