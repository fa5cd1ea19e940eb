import { createColumn } from '../ledger/column.ts';
import { createIdLists } from '../ledger/id-lists.ts';
import type { IdNumbers } from '../ledger/id-numbers.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import { replayKey } from '../ledger/replay-record.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import { millisecondsOf } from '../ledger/standings.ts';
import { underWay } from '../ledger/under-way.ts';

/** A replay that has not come back. */
export interface WaitingReplay {
  /** As a later record names it, if it is given up. */
  readonly key: string;
  /** When it was queued, epoch milliseconds, the operator's clock. */
  readonly at: number;
}

/** The replays of many events, of millions in few bytes each. */
export interface ReplaysUnderWay {
  addReplay(root: number, record: ReplayRecord): void;
  /** Takes note of a line with a fate. */
  addLine(root: number, line: Pick<LedgerLine, 'sqsMessageId' | 'replayId' | 'replayOf'>): void;
  of(root: number): readonly WaitingReplay[];
}

export function createReplaysUnderWay(ids: IdNumbers): ReplaysUnderWay {
  const [replays, lines] = [createIdLists(), createIdLists()];
  /** By a replay's key: its message's number, plus 1. By a message: its replay id's, plus 1. */
  const messages = createColumn(Uint32Array);
  const replayIds = createColumn(Uint32Array);
  /** By an event's root; few have any. */
  const givenUp = new Map<number, readonly string[]>();
  const idAt = (number: number): string | undefined => (number === 0 ? undefined : ids.idOf(number - 1));

  return {
    addReplay(root, record) {
      const key = ids.add(replayKey(record));
      replays.add(root, { at: millisecondsOf(record.at), id: key });
      if (record.sqsMessageId !== undefined) messages.set(key, ids.add(record.sqsMessageId) + 1);
      if (record.instead !== undefined) givenUp.set(root, [...(givenUp.get(root) ?? []), ...record.instead]);
    },
    addLine(root, { sqsMessageId, replayId, replayOf }) {
      const message = ids.add(sqsMessageId);
      if (replayOf === undefined) return;
      lines.add(root, { at: 0, id: message });
      if (replayId !== undefined) replayIds.set(message, ids.add(replayId) + 1);
    },
    of(root) {
      const instead = givenUp.get(root);
      const records = replays.of(root).map(({ at, id }) => ({ at: '', root: '', since: at, replayId: ids.idOf(id), sqsMessageId: idAt(messages.get(id)), instead }));
      if (records.length === 0) return [];
      const back = lines.of(root).map(({ id }) => ({ sqsMessageId: ids.idOf(id), replayId: idAt(replayIds.get(id)), fate: 'quarantined' as const }));
      return underWay(records, back).map(({ replayId, since }) => ({ key: replayId, at: since }));
    },
  };
}
