import type { Verdict } from './fate.ts';

/** Most refusals that are tried once more in one invocation. */
const MAX_CONFIRMATIONS = 20;

/** Verdicts on events, and how far the refusals among them can be believed. */
export interface RefusalProof<T> {
  /** Every answer of Metronome, in their order. */
  hear(answer: Verdict): void;
  /** Takes an event's verdict; a refusal must be of the event alone. */
  settle(event: T, verdict: Verdict): void;
  /** Tries what is needed to believe the refusals, and returns the events of those that can't be. */
  prove(): Promise<void>;
}

/**
 * A refusal is the event's own fault only if Metronome took others before it and after it: a service that begins or ceases
 * to refuse everything in the middle of an invocation must quarantine nothing. Where an answer after it is missing, an event
 * that was taken is sent again, which Metronome ignores; where one before it is missing, the refused one is tried again after that.
 * Without any success nothing is decided here.
 */
export function createRefusalProof<T>(post: (events: readonly T[]) => Promise<Verdict>, verdicts: Map<T, Verdict>): RefusalProof<T> {
  const numbers = new Map<Verdict, number>();
  let firstSuccess = Number.POSITIVE_INFINITY;
  let lastSuccess = Number.NEGATIVE_INFINITY;
  let taken: T | undefined;

  const numberOf = (verdict: Verdict): number => numbers.get(verdict) ?? Number.NaN;
  const hasSuccessBefore = (verdict: Verdict): boolean => firstSuccess < numberOf(verdict);
  const hasSuccessAfter = (verdict: Verdict): boolean => numberOf(verdict) < lastSuccess;

  function giveBack(event: T, { status }: Extract<Verdict, { kind: 'refused' }>): void {
    verdicts.set(event, { kind: 'returned', cause: 'unproven_refusal', status });
  }

  return {
    hear(answer) {
      numbers.set(answer, numbers.size);
      if (answer.kind !== 'delivered') return;
      firstSuccess = Math.min(firstSuccess, numberOf(answer));
      lastSuccess = numberOf(answer);
    },
    settle(event, verdict) {
      verdicts.set(event, verdict);
      if (verdict.kind === 'delivered') taken ??= event;
    },
    async prove() {
      if (taken === undefined) return;
      const refusals = [...verdicts].flatMap(([event, verdict]) => (verdict.kind === 'refused' ? [{ event, verdict }] : []));
      const doubtful = refusals.filter(({ verdict }) => !hasSuccessBefore(verdict) || !hasSuccessAfter(verdict));
      if (doubtful.length === 0) return;
      const again = await post([taken]);
      let confirmations = 0;
      for (const { event, verdict } of doubtful) {
        if (again.kind !== 'delivered') giveBack(event, verdict);
        else if (hasSuccessBefore(verdict)) continue;
        else if (confirmations >= MAX_CONFIRMATIONS) giveBack(event, verdict);
        else {
          confirmations += 1;
          verdicts.set(event, await post([event]));
        }
      }
    },
  };
}
