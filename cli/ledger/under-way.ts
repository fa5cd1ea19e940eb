import type { LedgerLine } from './ledger-line.ts';
import { replayKey } from './replay-record.ts';
import type { ReplayRecord } from './replay-record.ts';

/**
 * Of an event's replays those that have not come back: no line of the ledger ends their way, and nobody gave them up.
 * By ids, never by clocks, as the operator's may differ from AWS's. A line of a forward function older than this tool
 * tells no replay id; its message's id does then.
 */
export function underWay<T extends ReplayRecord>(replays: readonly T[], lines: readonly Pick<LedgerLine, 'sqsMessageId' | 'replayId' | 'fate'>[]): readonly T[] {
  const settled = lines.filter(({ fate }) => fate !== 'returned');
  const back = new Set(settled.flatMap(({ sqsMessageId, replayId }) => (replayId === undefined ? [sqsMessageId] : [replayId, sqsMessageId])));
  const givenUp = new Set(replays.flatMap(({ instead = [] }) => instead));
  return replays.filter((replay) => {
    if (givenUp.has(replayKey(replay))) return false;
    return ![replay.replayId, replay.sqsMessageId].some((id) => id !== undefined && back.has(id));
  });
}
