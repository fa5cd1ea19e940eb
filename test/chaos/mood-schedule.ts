import type { MoodName, Phase } from './moods.ts';

/** Metronome's moods as its requests come. */
export interface MoodSchedule {
  /**
   * The mood for one more request.
   * @param now epoch milliseconds
   */
  moodNow(now: number): MoodName;
  readonly requestsByMood: ReadonlyMap<MoodName, number>;
  /** No more bad moods. */
  calmDown(): void;
}

/** @param coming phases without end; the first begins with the first request */
export function createMoodSchedule(coming: Generator<Phase, never>): MoodSchedule {
  const requestsByMood = new Map<MoodName, number>();
  let phase = coming.next().value;
  let requests = 0;
  let endsAt = Number.NaN;
  let isCalm = false;
  return {
    requestsByMood,
    moodNow(now) {
      if (Number.isNaN(endsAt)) endsAt = now + phase.milliseconds;
      while (now >= endsAt || requests >= phase.requests) {
        phase = coming.next().value;
        endsAt = now + phase.milliseconds;
        requests = 0;
      }
      requests += 1;
      const mood = isCalm ? 'well' : phase.mood;
      requestsByMood.set(mood, (requestsByMood.get(mood) ?? 0) + 1);
      return mood;
    },
    calmDown() {
      isCalm = true;
    },
  };
}
