import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_RETENTION_DAYS } from '../../lambda/limits.ts';
import { createAgeCounts } from './age-counts.ts';
import type { AgeCounts } from './age-counts.ts';
import type { HandOutOrder } from './scenario.ts';

/** Events that arrived in the same minute and were received equally often. */
export interface Cohort {
  readonly arrivedMinute: number;
  /** The last receive included. */
  readonly receiveCount: number;
  readonly count: number;
}

/** A standard queue of Amazon SQS, as counts of events. Seconds and minutes are those since the simulation began. */
export interface CohortQueue {
  readonly visible: number;
  readonly hidden: number;
  /** Receives so far, of all events together. */
  readonly receives: number;
  arrive(count: number, minute: number): void;
  /** Receives up to so many visible events. Those received too often before go to the dead letters instead. */
  receive(most: number): readonly Cohort[];
  hide(arrivedMinute: number, receiveCount: number, count: number, untilSecond: number): void;
  /** Shows again what was hidden until now, and drops what the queue has kept for too long. */
  advance(second: number): void;
}

export interface CohortQueueOptions {
  readonly maxReceiveCount: number;
  readonly order: HandOutOrder;
  readonly random: () => number;
  /** Told of events that leave the queue by its own rules. */
  readonly onGone: (fate: 'dead' | 'expired', cohort: Cohort) => void;
}

const RETENTION_MINUTES = SQS_MAX_RETENTION_DAYS * 24 * 60;

export function createCohortQueue({ maxReceiveCount, order, random, onGone }: CohortQueueOptions): CohortQueue {
  /** What is visible, by how often it was received. */
  const byReceives: AgeCounts[] = [];
  /** Triples of minute, receives and count, by the second in which they are shown again. */
  const hiddenUntil = new Map<number, number[]>();
  let visible = 0;
  let hidden = 0;
  let receivesSoFar = 0;
  /** No event that is visible was received more often. */
  let highest = 0;
  let oldestMinute = 0;

  function receivedTimes(receives: number): AgeCounts {
    while (byReceives.length <= receives) byReceives.push(createAgeCounts());
    return byReceives[receives] ?? createAgeCounts();
  }

  function show(minute: number, receives: number, count: number): void {
    receivedTimes(receives).add(minute, count);
    visible += count;
    highest = Math.max(highest, receives);
  }

  /** The pessimist's order: most receives first, the newest of them first. */
  function mostReceived(): { receives: number; rank: number; most: number } {
    while (highest > 0 && byReceives[highest]?.total === 0) highest -= 1;
    return { receives: highest, rank: byReceives[highest]?.total ?? 0, most: Number.POSITIVE_INFINITY };
  }

  /** Any visible event may be next; it comes with neighbours, as one ReceiveMessage hands out ten at once. */
  function anyone(): { receives: number; rank: number; most: number } {
    let rank = 1 + Math.floor(random() * visible);
    let receives = 0;
    for (; receives < byReceives.length - 1; receives += 1) {
      const { total } = receivedTimes(receives);
      if (rank <= total) break;
      rank -= total;
    }
    return { receives, rank, most: SQS_MAX_BATCH_ENTRIES };
  }

  function receive(most: number): readonly Cohort[] {
    const received: Cohort[] = [];
    let wanted = most;
    while (wanted > 0 && visible > 0) {
      const choice = order === 'random' ? anyone() : mostReceived();
      const counts = receivedTimes(choice.receives);
      const arrivedMinute = counts.minuteAt(choice.rank);
      const isDead = choice.receives >= maxReceiveCount;
      const count = counts.take(arrivedMinute, isDead ? choice.most : Math.min(wanted, choice.most));
      visible -= count;
      if (isDead) {
        onGone('dead', { arrivedMinute, receiveCount: choice.receives, count });
        continue;
      }
      received.push({ arrivedMinute, receiveCount: choice.receives + 1, count });
      wanted -= count;
      receivesSoFar += count;
    }
    return received;
  }

  function hide(arrivedMinute: number, receiveCount: number, count: number, untilSecond: number): void {
    const cells = hiddenUntil.get(untilSecond);
    if (cells === undefined) {
      hiddenUntil.set(untilSecond, [arrivedMinute, receiveCount, count]);
    } else {
      const last = cells.length - 3;
      if (cells[last] === arrivedMinute && cells[last + 1] === receiveCount) cells[last + 2] = (cells[last + 2] ?? 0) + count;
      else cells.push(arrivedMinute, receiveCount, count);
    }
    hidden += count;
  }

  function showAgain(second: number): void {
    const cells = hiddenUntil.get(second);
    if (cells === undefined) return;
    hiddenUntil.delete(second);
    for (let index = 0; index < cells.length; index += 3) {
      const arrivedMinute = cells[index] ?? 0;
      const receiveCount = cells[index + 1] ?? 0;
      const count = cells[index + 2] ?? 0;
      hidden -= count;
      if (arrivedMinute < oldestMinute) onGone('expired', { arrivedMinute, receiveCount, count });
      else show(arrivedMinute, receiveCount, count);
    }
  }

  function expire(): void {
    for (const [receiveCount, counts] of byReceives.entries()) {
      while (counts.total > 0) {
        const arrivedMinute = counts.minuteAt(1);
        if (arrivedMinute >= oldestMinute) break;
        const count = counts.take(arrivedMinute, Number.POSITIVE_INFINITY);
        visible -= count;
        onGone('expired', { arrivedMinute, receiveCount, count });
      }
    }
  }

  return {
    get visible() {
      return visible;
    },
    get hidden() {
      return hidden;
    },
    get receives() {
      return receivesSoFar;
    },
    arrive: (count, minute) => show(minute, 0, count),
    receive,
    hide,
    advance(second) {
      showAgain(second);
      const minute = Math.floor(second / 60) - RETENTION_MINUTES;
      if (minute <= oldestMinute) return;
      oldestMinute = minute;
      expire();
    },
  };
}
