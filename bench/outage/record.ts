import type { Cohort } from './cohort-queue.ts';

/** Where events ended. Every accepted one is in exactly one of these, or still waits. */
export interface Fates {
  delivered: number;
  /** More receives than maxReceiveCount. */
  dead: number;
  /** `retry_expired`: 12 days in the queue. */
  quarantined: number;
  /** Lost: older than the queue keeps anything. */
  expired: number;
}

/** What was seen of a simulation so far. */
export interface OutageRecord {
  readonly fates: Fates;
  accepted: number;
  peakBacklog: number;
  peakInFlight: number;
  mostReceives: number;
  longestWaitMs: number;
  /** Of the events accepted during the trouble: how many, and how many have their fate. */
  readonly ofTrouble: { accepted: number; settled: number };
  deliveredInTrouble: number;
  /** When the first minute after the trouble ended in which half of the allowed rate was delivered. */
  halfSpeedAt: number | undefined;
  accept(count: number, now: number): void;
  settle(fate: keyof Fates, cohort: Cohort, now: number): void;
  /** @throws Error if an event was lost or doubled */
  observe(visible: number, inFlight: number): void;
}

const MINUTE_MS = 60_000;

/**
 * @param troubleEndsAt milliseconds since the simulation began, as everywhere here
 * @param eventsPerSecond that forward may send
 */
export function createRecord(troubleEndsAt: number, eventsPerSecond: number): OutageRecord {
  const halfOfMinute = (eventsPerSecond * 60) / 2;
  let minuteEndsAt = troubleEndsAt + MINUTE_MS;
  let deliveredThisMinute = 0;

  function watchSpeed(count: number, now: number): void {
    if (record.halfSpeedAt !== undefined) return;
    if (now >= minuteEndsAt) {
      minuteEndsAt = troubleEndsAt + (Math.floor((now - troubleEndsAt) / MINUTE_MS) + 1) * MINUTE_MS;
      deliveredThisMinute = 0;
    }
    deliveredThisMinute += count;
    if (deliveredThisMinute >= halfOfMinute) record.halfSpeedAt = minuteEndsAt;
  }

  const record: OutageRecord = {
    fates: { delivered: 0, dead: 0, quarantined: 0, expired: 0 },
    accepted: 0,
    peakBacklog: 0,
    peakInFlight: 0,
    mostReceives: 0,
    longestWaitMs: 0,
    ofTrouble: { accepted: 0, settled: 0 },
    deliveredInTrouble: 0,
    halfSpeedAt: undefined,
    accept(count, now) {
      record.accepted += count;
      if (now < troubleEndsAt) record.ofTrouble.accepted += count;
    },
    settle(fate, { arrivedMinute, receiveCount, count }, now) {
      const arrivedAt = arrivedMinute * MINUTE_MS;
      record.fates[fate] += count;
      record.mostReceives = Math.max(record.mostReceives, receiveCount);
      if (arrivedAt < troubleEndsAt) record.ofTrouble.settled += count;
      if (fate !== 'delivered') return;
      if (now < troubleEndsAt) record.deliveredInTrouble += count;
      else watchSpeed(count, now);
      record.longestWaitMs = Math.max(record.longestWaitMs, now - arrivedAt);
    },
    observe(visible, inFlight) {
      const { delivered, dead, quarantined, expired } = record.fates;
      const ended = delivered + dead + quarantined + expired;
      const waiting = visible + inFlight;
      if (ended + waiting !== record.accepted) throw new Error(`The model is wrong: of ${record.accepted} events ${ended} ended and ${waiting} wait.`);
      record.peakBacklog = Math.max(record.peakBacklog, waiting);
      record.peakInFlight = Math.max(record.peakInFlight, inFlight);
    },
  };
  return record;
}
