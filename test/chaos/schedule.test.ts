import { describe, expect, it } from '@jest/globals';

import { MOODS, phases } from './moods.ts';
import { createRandom } from './random.ts';
import { planIncidents, planSettings } from './schedule.ts';
import { planTraffic } from './traffic.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const REASONS = [
  'not_json',
  'not_an_event',
  'missing_field',
  'invalid_field',
  'timestamp_invalid',
  'timestamp_too_old',
  'timestamp_in_future',
  'id_too_long',
  'too_many_properties',
  'duplicate_transaction_id',
  'refused_by_metronome',
];
const LONGEST = { requests: 10, milliseconds: 1000 };

function scheduleOf(seed: number): unknown {
  const moods = phases(createRandom(seed, 'moods'), LONGEST).take(50).toArray();
  return { traffic: planTraffic(seed, 300, NOW), incidents: planIncidents(seed, 4), settings: planSettings(seed), moods };
}

describe('the schedule of a run', () => {
  it('is the same for the same seed', () => {
    expect(scheduleOf(7)).toEqual(scheduleOf(7));
    expect(scheduleOf(7)).not.toEqual(scheduleOf(8));
  });

  it('has events of every fate and nearly every reason, and each in a request', () => {
    const { events, requests } = planTraffic(1, 5_000, NOW);

    expect(new Set(events.flatMap(({ reason }) => reason ?? []))).toEqual(new Set(REASONS));
    expect(new Set(events.map(({ fate }) => fate))).toEqual(new Set(['delivered', 'filtered', 'quarantined']));
    const sent = requests.map(({ body }) => body).join('\n');
    expect(events.filter(({ text }) => !sent.includes(text))).toEqual([]);
  });

  it('sends some webhooks twice', () => {
    const { requests } = planTraffic(1, 5_000, NOW);

    expect(new Set(requests).size).toBeLessThan(requests.length);
  });

  it('comes to every mood', () => {
    const moods = phases(createRandom(1, 'moods'), LONGEST).take(300).toArray();

    expect(new Set(moods.map(({ mood }) => mood))).toEqual(new Set(Object.keys(MOODS)));
  });
});
