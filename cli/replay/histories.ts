import type { DeliveredUsage } from '../../lambda/message.ts';
import { createColumn } from '../ledger/column.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import { createFateLines, millisecondsOf } from './fate-lines.ts';
import { createIdLists } from './id-lists.ts';
import type { Dated } from './id-lists.ts';
import { openRoots } from './open-roots.ts';
import type { OpenRoot, OpenRoots } from './open-roots.ts';

/**
 * What the ledger says of events, put together line by line, in any order. It holds about 80 bytes of an event, and no
 * bodies: there may be tens of millions.
 */
export interface Histories {
  /** @param key of the object the line stands in */
  addLine(line: LedgerLine, key?: string): void;
  addReplay(record: ReplayRecord): void;
  /** The open ones whose latest fate is this one. */
  open(fate: OpenFate, isWanted?: (open: OpenRoot) => boolean): OpenRoots;
  /** How many were replayed since they got that fate: under way again, or ended well where no line was read of. */
  replayed(fate: OpenFate): number;
  /** The roots that ended well, each with the message that did. */
  closed(): Generator<Pick<ReplayRecord, 'root' | 'sqsMessageId'>>;
}

type OpenFate = 'quarantined' | 'filtered';

/**
 * A message is tried for days before it is a dead letter. What is queued but not on record, as an interrupted run may leave
 * it, has its line long before that. Milliseconds.
 */
const MOVED_AFTER_MS = 24 * 60 * 60_000;

/**
 * Once delivered, an event stays so. Else its latest fate counts, as a replay may have found a mapping that filters it, or
 * one that takes it up and fails.
 */
export function createHistories(): Histories {
  const ids = createIdNumbers();
  const latest = createFateLines(ids);
  /** The number of the message that was delivered, plus 1. */
  const deliveredAs = createColumn(Uint32Array);
  /** By root, then by mapping and id; most events have none. */
  const delivered = new Map<number, Map<string, DeliveredUsage>>();
  const [replays, arrived] = [createIdLists(), createIdLists()];

  const isDelivered = (root: number): boolean => deliveredAs.get(root) !== 0;
  const isPending = (root: number): boolean => hasReplayUnderWay(replays.of(root), arrived.of(root));

  function addUnsettled(root: number, { usage }: LedgerLine): void {
    for (const { mapping, transactionId, verdict } of usage) {
      if (verdict !== 'delivered' || transactionId === undefined) continue;
      const known = delivered.get(root) ?? new Map<string, DeliveredUsage>();
      delivered.set(root, known.set(JSON.stringify([mapping, transactionId]), { mapping, transactionId }));
    }
  }

  function* withFate(fate: OpenFate): Generator<number> {
    for (let root = 0; root < ids.size(); root += 1) if (latest.fate(root) === fate && !isDelivered(root)) yield root;
  }

  function openRoot(root: number): OpenRoot | undefined {
    const line = latest.line(root);
    return line === undefined ? undefined : { root: ids.idOf(root), line, key: latest.key(root), delivered: [...(delivered.get(root)?.values() ?? [])] };
  }

  return {
    addLine(line, key = '') {
      const root = ids.add(rootOf(line));
      if (isDelivered(root)) return;
      if (line.fate === 'delivered') {
        deliveredAs.set(root, ids.add(line.sqsMessageId) + 1);
        delivered.delete(root);
        return;
      }
      addUnsettled(root, line);
      if (line.fate === 'returned') return;
      const at = millisecondsOf(line.at);
      if (latest.fate(root) === undefined || latest.at(root) < at) latest.put(root, line, key);
      if (line.replayOf !== undefined) arrived.add(root, { at, id: ids.add(line.sqsMessageId) });
    },
    addReplay({ root: rootId, sqsMessageId, at }) {
      const root = ids.add(rootId);
      if (!isDelivered(root)) replays.add(root, { at: millisecondsOf(at), id: ids.add(sqsMessageId) });
    },
    open: (fate, isWanted) =>
      openRoots({
        numbers: () => withFate(fate),
        find: (rootId) => {
          const root = ids.find(rootId);
          return root !== undefined && latest.fate(root) === fate && !isDelivered(root) ? root : undefined;
        },
        isOpen: (root) => !isPending(root),
        open: openRoot,
        isWanted,
      }),
    *closed() {
      for (let root = 0; root < ids.size(); root += 1) {
        if (isDelivered(root)) yield { root: ids.idOf(root), sqsMessageId: ids.idOf(deliveredAs.get(root) - 1) };
        else if (latest.fate(root) === 'filtered') yield { root: ids.idOf(root), sqsMessageId: latest.line(root)?.sqsMessageId ?? '' };
      }
    },
    replayed: (fate) => withFate(fate).reduce((sum, root) => sum + (isPending(root) ? 1 : 0), 0),
  };
}

/**
 * By message ids, not by clocks: the operator's may differ from AWS's. Only a message moved out of the dead letters has
 * another id than the one on record; then the line of an unrecorded one must do, if it comes that much later.
 */
function hasReplayUnderWay(replays: readonly Dated[], arrived: readonly Dated[]): boolean {
  const recorded = new Set(replays.map(({ id }) => id));
  return replays.some((replay) => !arrived.some((one) => (recorded.has(one.id) ? one.id === replay.id : one.at - replay.at > MOVED_AFTER_MS)));
}
