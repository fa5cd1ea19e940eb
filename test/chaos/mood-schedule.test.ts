import { describe, expect, it } from '@jest/globals';

import { createMoodSchedule } from './mood-schedule.ts';
import type { MoodSchedule } from './mood-schedule.ts';
import type { Phase } from './moods.ts';

const START = 1_000;

function* inTurn(): Generator<Phase, never> {
  for (;;) {
    yield { mood: 'well', requests: 2, milliseconds: 100 };
    yield { mood: 'slow', requests: 10, milliseconds: 50 };
  }
}

const moodsAt = (schedule: MoodSchedule, ...times: readonly number[]): readonly string[] => times.map((time) => schedule.moodNow(START + time));

describe('createMoodSchedule', () => {
  it('changes the mood after so many requests or so much time', () => {
    const schedule = createMoodSchedule(inTurn());

    expect(moodsAt(schedule, 0, 1, 2, 3, 51, 52, 152)).toEqual(['well', 'well', 'slow', 'slow', 'slow', 'well', 'slow']);
  });

  it('counts requests by mood, and has no bad mood once calmed down', () => {
    const schedule = createMoodSchedule(inTurn());
    moodsAt(schedule, 0, 1, 2);

    schedule.calmDown();

    expect(moodsAt(schedule, 3, 4)).toEqual(['well', 'well']);
    expect(Object.fromEntries(schedule.requestsByMood)).toEqual({ well: 4, slow: 1 });
  });
});
