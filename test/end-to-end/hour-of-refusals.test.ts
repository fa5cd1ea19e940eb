import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';

import { refusal, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { Decide } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';
import { startSimulatedBridge } from '../helpers/simulated-bridge.ts';
import type { SimulatedBridge, SimulatedBridgeOptions } from '../helpers/simulated-bridge.ts';

const TEST_MS = 120_000;
const DEFAULT_DELAYS = '6,12,24,48,60';
const STEP_MINUTES = 2;
const BEFORE_MINUTES = 10;
const REFUSING_MINUTES = 60;
const EVENTS_A_STEP = 5;
/** After an hour's refusals the next delay is at most 60 minutes and a quarter, and the events behind it are few. */
const DRAINED_WITHIN_MINUTES = 80;

let bridge: SimulatedBridge | undefined;

afterEach(async () => {
  await bridge?.stop();
  bridge = undefined;
});

async function start(options: SimulatedBridgeOptions): Promise<SimulatedBridge> {
  bridge = await startSimulatedBridge({ ...options, environment: { RETRY_DELAYS_MINUTES: DEFAULT_DELAYS } });
  return bridge;
}

const tracks = (ids: readonly string[]): readonly string[] => ids.map((id) => JSON.stringify(trackEvent(id)));
const idsOf = (count: number, prefix: string): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('an hour in which Metronome refuses everything, at any time of which events come', () => {
  it.each([
    ['one container that has seen it take events', BEFORE_MINUTES, Number.POSITIVE_INFINITY],
    ['one container that never has', 0, Number.POSITIVE_INFINITY],
    ['a new container every 6 minutes', BEFORE_MINUTES, 6],
  ])('puts nothing into quarantine, and all of it is delivered afterwards: %s', async (_, beforeMinutes, containerMinutes) => {
    const ids: string[] = [];
    let minute = 0;
    const isRefusing = (): boolean => minute >= beforeMinutes && minute < beforeMinutes + REFUSING_MINUTES;
    const here = await start({ decide: () => (isRefusing() ? refusal(400) : TAKEN), batchSize: 40 });

    for (; minute < beforeMinutes + REFUSING_MINUTES + DRAINED_WITHIN_MINUTES; minute += STEP_MINUTES) {
      const arrived = isRefusing() || minute < beforeMinutes ? idsOf(EVENTS_A_STEP, `m-${minute}`) : [];
      ids.push(...arrived);
      await here.put(tracks(arrived));
      if (minute % containerMinutes === 0 && minute > 0) here.renewContainer();
      await here.poll();
      if (isRefusing()) expect(await here.ledgerLines('quarantine')).toEqual([]);
      here.pass(STEP_MINUTES);
    }

    expect(here.waiting()).toBe(0);
    expect(await here.ledgerLines('quarantine')).toEqual([]);
    expect([...here.metronome.billed.keys()].toSorted()).toEqual(ids.toSorted());
    expect((await here.ledgerLines('archive')).map(({ messageId }) => String(messageId)).toSorted()).toEqual(ids.toSorted());
  }, TEST_MS);

  it('asks it for less and less meanwhile', async () => {
    let isRefusing = false;
    const here = await start({ decide: () => (isRefusing ? refusal(400) : TAKEN) });
    await here.put(tracks(['before']));
    await here.poll();
    isRefusing = true;
    await here.put(tracks(idsOf(200, 'm')));
    for (let minute = 0; minute < REFUSING_MINUTES; minute += STEP_MINUTES, here.pass(STEP_MINUTES)) await here.poll();

    // At once, and after 6, 18 and 42 minutes; 600 is what splitting alone may cost in each.
    expect(here.metronome.requests.length).toBeLessThan(4 * 320);
    expect(await here.ledgerLines('quarantine')).toEqual([]);
  }, TEST_MS);
});

describe('a trouble that begins within one run', () => {
  it('blames no event when the answer to an earlier request comes late', async () => {
    // The first request was taken before the trouble began, but its answer comes when events are refused alone already.
    const decide: Decide = (_, index) => {
      if (index === 0) return sleep(1_500, TAKEN);
      return index === 1 ? TAKEN : refusal(400);
    };
    const here = await start({ decide });
    await here.put(tracks(idsOf(300, 'm')));

    await here.poll();

    expect(await here.ledgerLines('quarantine')).toEqual([]);
    expect(here.waiting()).toBe(100);
  }, TEST_MS);
});
