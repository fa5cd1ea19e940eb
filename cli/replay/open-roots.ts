import type { DeliveredUsage } from '../../lambda/message.ts';
import type { FateLine } from './fate-lines.ts';
import type { WaitingReplay } from './replays-under-way.ts';

/** An event that waits for a person, or one that is on its way again. */
export interface OpenRoot {
  /** The message it was accepted as. */
  readonly root: string;
  /** The one of its lines that tells what became of it. */
  readonly line: FateLine;
  /** Of the object that line stands in. */
  readonly key: string;
  /** Everything of it that Metronome has taken, ever. */
  readonly delivered: readonly DeliveredUsage[];
  /** Names of mappings that made something of it that was not delivered then; it may have been since. */
  readonly failed: readonly string[];
  /** Its replays that have not come back; none, unless it is on its way again. */
  readonly waiting: readonly WaitingReplay[];
}

/** Open events, each made when it is asked for: there may be more of them than fit into memory at once. */
export interface OpenRoots extends Iterable<OpenRoot> {
  readonly size: number;
  /** Undefined if it isn't among them. */
  find(root: string): OpenRoot | undefined;
}

interface Source {
  /** The roots that may be open. */
  readonly numbers: () => Iterable<number>;
  /** The number of a root that may be open. */
  readonly find: (root: string) => number | undefined;
  readonly isOpen: (root: number) => boolean;
  readonly open: (root: number) => OpenRoot | undefined;
  /** Undefined if all are. */
  readonly isWanted: ((open: OpenRoot) => boolean) | undefined;
}

export function openRoots({ numbers, find, isOpen, open, isWanted }: Source): OpenRoots {
  const wanted = (root: number | undefined): OpenRoot | undefined => {
    const one = root !== undefined && isOpen(root) ? open(root) : undefined;
    return one === undefined || isWanted === undefined || isWanted(one) ? one : undefined;
  };

  function* all(): Generator<OpenRoot> {
    for (const root of numbers()) {
      const one = wanted(root);
      if (one !== undefined) yield one;
    }
  }

  const size = isWanted === undefined ? sizeOf(numbers(), isOpen) : sizeOf(all(), () => true);
  return { size, find: (root) => wanted(find(root)), [Symbol.iterator]: all };
}

/** Without making each, where that isn't needed. */
function sizeOf<T>(items: Iterable<T>, counts: (item: T) => boolean): number {
  let size = 0;
  for (const item of items) if (counts(item)) size += 1;
  return size;
}
