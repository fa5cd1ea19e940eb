import type { DeliveredUsage } from '../../lambda/message.ts';
import { createColumn } from '../ledger/column.ts';
import { createIdNumbers } from '../ledger/id-numbers.ts';
import { failedMappings, rootOf } from '../ledger/ledger-line.ts';
import type { LedgerLine } from '../ledger/ledger-line.ts';
import type { ReplayRecord } from '../ledger/replay-record.ts';
import { createStandings } from '../ledger/standings.ts';
import { createFateLines } from './fate-lines.ts';
import { createNameSets } from './name-sets.ts';
import { openRoots } from './open-roots.ts';
import type { OpenRoot, OpenRoots } from './open-roots.ts';
import { createReplaysUnderWay } from './replays-under-way.ts';
import type { WaitingReplay } from './replays-under-way.ts';

/**
 * What the ledger says of events, put together line by line, in any order. It holds about 80 bytes of an event, and no
 * bodies: there may be tens of millions.
 */
export interface Histories {
  /** @param key of the object the line stands in */
  addLine(line: LedgerLine, key?: string): void;
  addReplay(record: ReplayRecord): void;
  /** The open ones with this fate; those with replays under way only if all of these are given up. */
  open(fate: OpenFate, isWanted?: (open: OpenRoot) => boolean, isGivenUp?: IsGivenUp): OpenRoots;
  /** Those with this fate that are on their way again, as far as is known. */
  underWay(fate: OpenFate, isWanted?: (open: OpenRoot) => boolean): OpenRoots;
  /** What became of one; undefined if no line ended its way. */
  fateOf(root: string): LedgerLine['fate'] | undefined;
  /** The roots that ended well, each with the message that did. */
  closed(): Generator<Pick<ReplayRecord, 'root' | 'sqsMessageId'>>;
}

export type OpenFate = 'quarantined' | 'filtered';
export type IsGivenUp = (root: string, waiting: readonly WaitingReplay[]) => boolean;

export function createHistories(): Histories {
  const ids = createIdNumbers();
  const standings = createStandings(ids);
  const lines = createFateLines(ids);
  const replays = createReplaysUnderWay(ids);
  /** 1 for the messages that are replays of others. */
  const replayed = createColumn(Uint8Array);
  /** By root, then by mapping and id; most events have none. */
  const delivered = new Map<number, Map<string, DeliveredUsage>>();
  /** Mappings that made something of an event that was not delivered then. */
  const failed = createNameSets();

  const isRoot = (number: number): boolean => replayed.get(number) === 0;

  function fateOf(root: number): LedgerLine['fate'] | undefined {
    const message = standings.messageOf(root);
    return message === undefined ? undefined : standings.fateOf(message);
  }

  function addDelivered(root: number, { usage }: LedgerLine): void {
    for (const { mapping, transactionId, verdict } of usage) {
      if (verdict !== 'delivered' || transactionId === undefined) continue;
      const known = delivered.get(root) ?? new Map<string, DeliveredUsage>();
      delivered.set(root, known.set(JSON.stringify([mapping, transactionId]), { mapping, transactionId }));
    }
  }

  /** Some numbers are of other messages, or of replays: those have no fate as roots. */
  function* withFate(fate: OpenFate): Generator<number> {
    for (let root = 0; root < ids.size(); root += 1) if (isRoot(root) && fateOf(root) === fate) yield root;
  }

  function openRoot(root: number): OpenRoot | undefined {
    const message = standings.messageOf(root);
    const line = message === undefined ? undefined : lines.line(message, root);
    if (message === undefined || line === undefined) return undefined;
    return { root: ids.idOf(root), line, key: lines.key(message), delivered: [...(delivered.get(root)?.values() ?? [])], failed: failed.of(root), waiting: replays.of(root) };
  }

  function rootsOf(fate: OpenFate, isOpen: (root: number) => boolean, isWanted?: (open: OpenRoot) => boolean): OpenRoots {
    const find = (rootId: string): number | undefined => {
      const root = ids.find(rootId);
      return root !== undefined && isRoot(root) && fateOf(root) === fate ? root : undefined;
    };
    return openRoots({ numbers: () => withFate(fate), find, isOpen, open: openRoot, isWanted });
  }

  return {
    addLine(line, key = '') {
      const root = ids.add(rootOf(line));
      if (fateOf(root) === 'delivered') return;
      const message = ids.add(line.sqsMessageId);
      if (message !== root) replayed.set(message, 1);
      if (standings.enter(line)) lines.put(message, line, key);
      if (line.fate === 'delivered') delivered.delete(root);
      else addDelivered(root, line);
      failed.add(root, failedMappings(line));
      if (line.fate !== 'returned') replays.addLine(root, line);
    },
    addReplay(record) {
      const root = ids.add(record.root);
      if (fateOf(root) !== 'delivered') replays.addReplay(root, record);
    },
    open(fate, isWanted, isGivenUp = () => false) {
      const isOpen = (root: number): boolean => {
        const waiting = replays.of(root);
        return waiting.length === 0 || isGivenUp(ids.idOf(root), waiting);
      };
      return rootsOf(fate, isOpen, isWanted);
    },
    underWay: (fate, isWanted) => rootsOf(fate, (root) => replays.of(root).length > 0, isWanted),
    fateOf(rootId) {
      const root = ids.find(rootId);
      return root === undefined ? undefined : fateOf(root);
    },
    *closed() {
      for (let root = 0; root < ids.size(); root += 1) {
        const message = isRoot(root) ? standings.messageOf(root) : undefined;
        if (message === undefined) continue;
        const fate = standings.fateOf(message);
        if (fate === 'delivered' || fate === 'filtered') yield { root: ids.idOf(root), sqsMessageId: ids.idOf(message) };
      }
    },
  };
}
