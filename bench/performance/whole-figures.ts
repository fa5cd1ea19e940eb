import { MAPPING_CASES } from './mapping-cases.ts';
import { mustBeSame, WrongAnswer } from './same-answer.ts';
import type { Taken } from './whole-metronome.ts';
import type { Answered } from './whole-traffic.ts';

/**
 * How long each event took from its webhook's answer to Metronome, in milliseconds. Negative where Metronome had it first.
 * @throws WrongAnswer unless each event arrived once, as the usage event it should be, and nothing else did
 */
export function lagsOf(answered: readonly Answered[], taken: ReadonlyMap<string, Taken>): readonly number[] {
  const { expected } = MAPPING_CASES.default;
  const lags: number[] = [];
  for (const { events, at } of answered) {
    for (const event of events) {
      const usage = taken.get(event.messageId);
      mustBeSame('the bridge', usage?.usage, expected(event));
      if (usage !== undefined) lags.push(usage.at - at);
    }
  }
  if (lags.length === taken.size) return lags;
  throw new WrongAnswer(`The bridge billed ${taken.size} events where ${lags.length} were sent.`);
}

/** The smallest value that so large a share of all reach or stay below. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

/** The last events wait for others that don't come, until their batch is handed over: they say nothing about speed. */
const SHARE_TIMED = 0.9;

/** Events a second until nine tenths were taken. */
export function eventsPerSecond(startedAt: number, takenAt: readonly number[]): number {
  return (takenAt.length * SHARE_TIMED * 1_000) / (percentile(takenAt, SHARE_TIMED) - startedAt);
}
