import { createColumn } from './column.ts';
import { createIdLists } from './id-lists.ts';
import type { IdNumbers } from './id-numbers.ts';
import { rootOf } from './ledger-line.ts';
import type { LedgerLine } from './ledger-line.ts';

/** A fate that ends a message's way. */
export type FinalFate = Exclude<LedgerLine['fate'], 'returned'>;

/** What of a line decides what became of its event. */
export type StandingLine = Pick<LedgerLine, 'at' | 'sqsMessageId' | 'replayOf' | 'fate'>;

/** What became of many events, line by line, in any order. */
export interface Standings {
  /** True if it is now the line that counts for its message. One that was only returned is no end of a way, and changes nothing. */
  enter(line: StandingLine): boolean;
  /** The message whose fate is the root's; undefined if none has any. */
  messageOf(root: number): number | undefined;
  /** Of a message. */
  fateOf(message: number): FinalFate | undefined;
}

/** The better first; a fate's rank is its place from 1. */
const FATES: readonly FinalFate[] = ['delivered', 'filtered', 'quarantined'];
const DELIVERED_RANK = 1;

/**
 * The one rule for what became of an event. Of one SQS message, which the queue may hand out twice: delivered beats
 * filtered beats quarantined, else the later line. Of all the messages of one root, which is replayed as others: delivered
 * stays, else the latest one counts, as a replay may have found a mapping that filters it, or one that fails.
 */
export function createStandings(ids: IdNumbers): Standings {
  const ranks = createColumn(Uint8Array);
  const times = createColumn(Float64Array);
  /** The messages of a root that have a fate, but the one it was accepted as. */
  const replayed = createIdLists();

  /** Ties are between lines of one moment; any order will do, as long as it isn't that of reading. */
  function isAfter(one: number, other: number): boolean {
    const byTime = times.get(one) - times.get(other);
    return byTime === 0 ? ranks.get(one) < ranks.get(other) : byTime > 0;
  }

  function prevailing(one: number, other: number): number {
    const [isDelivered, isOtherDelivered] = [ranks.get(one) === DELIVERED_RANK, ranks.get(other) === DELIVERED_RANK];
    if (isDelivered !== isOtherDelivered) return isDelivered ? one : other;
    return isAfter(one, other) ? one : other;
  }

  return {
    enter(line) {
      const [root, message] = [ids.add(rootOf(line)), ids.add(line.sqsMessageId)];
      if (line.fate === 'returned') return false;
      const [rank, at, before] = [FATES.indexOf(line.fate) + 1, millisecondsOf(line.at), ranks.get(message)];
      if (before === 0 && message !== root) replayed.add(root, { at, id: message });
      if (before !== 0 && (before < rank || (before === rank && times.get(message) >= at))) return false;
      ranks.set(message, rank);
      times.set(message, at);
      return true;
    },
    messageOf(root) {
      const settled = [...(ranks.get(root) === 0 ? [] : [root]), ...replayed.of(root).map(({ id }) => id)];
      return settled.length < 2 ? settled[0] : settled.reduce(prevailing);
    },
    fateOf: (message) => FATES[ranks.get(message) - 1],
  };
}

/** A time that is none counts as the earliest, so that nothing is left out for its sake. */
export function millisecondsOf(time: string): number {
  return Date.parse(time) || 0;
}
