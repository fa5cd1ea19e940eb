import type { DeliveredUsage } from '../../lambda/message.ts';
import { rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import { createCompactor } from './compact-line.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';

/** An event that waits for a person: no way of it is under way, and none ended well. */
export interface OpenRoot {
  /** The message it was accepted as. */
  readonly root: string;
  /** The latest of its lines that gave it a fate, as far as lists and filters need it. */
  readonly line: LedgerLine;
  /** Everything of it that Metronome has taken, ever. */
  readonly delivered: readonly DeliveredUsage[];
}

/** What the ledger says of events, put together line by line, in any order. */
export interface Histories {
  addLine(line: LedgerLine): void;
  addReplay(record: ReplayRecord): void;
  /** The open ones whose latest fate is this one. */
  open(fate: 'quarantined' | 'filtered'): OpenRoot[];
  /** How many were replayed since they got that fate: under way again, or ended well where no line was read of. */
  replayed(fate: 'quarantined' | 'filtered'): number;
  /** The roots that ended well, each with the message that did. */
  closed(): Pick<ReplayRecord, 'root' | 'sqsMessageId'>[];
}

interface History {
  latest: LedgerLine | undefined;
  /** The message that was delivered. */
  deliveredAs: string | undefined;
  /** By mapping and id; most events never have any. */
  delivered: Map<string, DeliveredUsage> | undefined;
  replays: ReplayRecord[] | undefined;
  /** Lines of replayed messages. */
  arrived: Pick<LedgerLine, 'sqsMessageId' | 'at'>[] | undefined;
}

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
  const byRoot = new Map<string, History>();
  const compact = createCompactor();

  function historyOf(root: string): History {
    const known = byRoot.get(root);
    if (known !== undefined) return known;
    const history: History = { latest: undefined, deliveredAs: undefined, delivered: undefined, replays: undefined, arrived: undefined };
    byRoot.set(root, history);
    return history;
  }

  function withFate(fate: LedgerLine['fate']): [string, History][] {
    return [...byRoot].filter(([, { latest, deliveredAs }]) => deliveredAs === undefined && latest?.fate === fate);
  }

  return {
    addLine(line) {
      const history = historyOf(rootOf(line));
      addDelivered(history, line);
      if (line.fate === 'returned') return;
      if (line.fate === 'delivered') history.deliveredAs = line.sqsMessageId;
      if (history.latest === undefined || history.latest.at < line.at) history.latest = compact(line);
      if (line.replayOf !== undefined) (history.arrived ??= []).push({ sqsMessageId: line.sqsMessageId, at: line.at });
    },
    addReplay(record) {
      (historyOf(record.root).replays ??= []).push(record);
    },
    open: (fate) =>
      withFate(fate).flatMap(([root, history]) => {
        const { latest: line, delivered } = history;
        return line === undefined || isPending(history) ? [] : [{ root, line, delivered: [...(delivered?.values() ?? [])] }];
      }),
    closed: () =>
      [...byRoot].flatMap(([root, { latest, deliveredAs }]) => {
        const sqsMessageId = deliveredAs ?? (latest?.fate === 'filtered' ? latest.sqsMessageId : undefined);
        return sqsMessageId === undefined ? [] : [{ root, sqsMessageId }];
      }),
    replayed: (fate) => withFate(fate).filter(([, history]) => isPending(history)).length,
  };
}

function addDelivered(history: History, { usage }: LedgerLine): void {
  for (const { mapping, transactionId, verdict } of usage) {
    if (verdict !== 'delivered' || transactionId === undefined) continue;
    (history.delivered ??= new Map()).set(JSON.stringify([mapping, transactionId]), { mapping, transactionId });
  }
}

/**
 * By message ids, not by clocks: the operator's may differ from AWS's. Only a message moved out of the dead letters has
 * another id than the one on record; then the line of an unrecorded one must do, if it comes that much later.
 */
function isPending({ replays = [], arrived = [] }: History): boolean {
  const recorded = new Set(replays.map(({ sqsMessageId }) => sqsMessageId));
  return replays.some((replay) => !arrived.some((one) => (recorded.has(one.sqsMessageId) ? one.sqsMessageId === replay.sqsMessageId : isMoved(one, replay))));
}

function isMoved(arrived: Pick<LedgerLine, 'at'>, replay: ReplayRecord): boolean {
  return Date.parse(arrived.at) - Date.parse(replay.at) > MOVED_AFTER_MS;
}
