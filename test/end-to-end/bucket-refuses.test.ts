import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';

import { accept, idsOf, startDeliveryWorld } from '../helpers/delivery-world.ts';
import type { DeliveryWorld } from '../helpers/delivery-world.ts';
import { openLocalAws } from '../helpers/local-aws.ts';
import type { LocalAws } from '../helpers/local-aws.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { TAKEN } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
/** Time for several receives: an event comes back after 1 or 2 seconds. */
const SEVERAL_RECEIVES_MS = 6_000;
const EACH = 9;
const GOOD = idsOf(EACH, 'good');
const FILTERED = idsOf(EACH, 'filtered');
const FAULTY = idsOf(EACH, 'faulty');
const EVENTS = [...GOOD.map((id) => trackEvent(id)), ...FILTERED.map((messageId) => ({ type: 'page', messageId })), ...FAULTY.map((id) => trackEvent(id, { context: {} }))];

let world: DeliveryWorld;
let bridge: LocalProcess;
let aws: LocalAws;

beforeEach(async () => {
  world = await startDeliveryWorld();
  bridge = await world.start();
  aws = await openLocalAws(world.dataFolder);
  await aws.takeBucket();
}, TEST_MS);

afterEach(async () => {
  aws.close();
  await world.stop();
});

describe('a bucket that refuses writes', () => {
  it('keeps what is filtered or quarantined in the queue, and what is delivered out of it', async () => {
    await accept(bridge, EVENTS);
    await sleep(SEVERAL_RECEIVES_MS);

    const { fates, queue } = await bridge.state();
    expect(fates).toEqual({ delivered: EACH, filtered: 0, quarantined: 0 });
    expect({ ...queue, visible: 0, inFlight: queue.visible + queue.inFlight }).toEqual({ visible: 0, inFlight: 2 * EACH, deadLetters: 0 });
    expect(world.sentIds().toSorted()).toEqual(GOOD.toSorted());
  }, TEST_MS);

  it('gives each its fate and its line, once it takes writes again', async () => {
    await accept(bridge, EVENTS);
    await sleep(SEVERAL_RECEIVES_MS);
    await aws.giveBucket();
    const state = await bridge.drained(DRAIN_MS);

    const lines = (await aws.ledger()).map(({ prefix, line, eventText }) => [prefix, line.fate, line.messageId, JSON.parse(eventText).messageId]);
    expect(state).toMatchObject({ fates: { delivered: EACH, filtered: EACH, quarantined: EACH }, quarantine: { missing_field: EACH } });
    expect(lines.toSorted()).toEqual([...FILTERED.map((id) => ['archive', 'filtered', id, id]), ...FAULTY.map((id) => ['quarantine', 'quarantined', id, id])].toSorted());
    expect(world.sentIds().toSorted()).toEqual(GOOD.toSorted());
  }, TEST_MS);

  it('loses nothing while Metronome is away as well', async () => {
    world.behave(() => ({ kind: 'answer', status: 503 }));
    await accept(bridge, EVENTS);
    await sleep(SEVERAL_RECEIVES_MS);
    const amid = await bridge.state();
    world.behave(() => TAKEN);
    await aws.giveBucket();
    const after = await bridge.drained(DRAIN_MS);

    expect(amid.fates).toEqual({ delivered: 0, filtered: 0, quarantined: 0 });
    expect(amid.queue.visible + amid.queue.inFlight).toBe(3 * EACH);
    expect(after.fates).toEqual({ delivered: EACH, filtered: EACH, quarantined: EACH });
    expect([...world.metronome.billed.keys()].toSorted()).toEqual(GOOD.toSorted());
    expect(await aws.ledger()).toHaveLength(3 * EACH);
  }, TEST_MS);
});
