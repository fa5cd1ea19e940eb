import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { accept, idsOf, startDeliveryWorld } from '../helpers/delivery-world.ts';
import type { DeliveryWorld } from '../helpers/delivery-world.ts';
import { openLocalAws, untilAsked } from '../helpers/local-aws.ts';
import { refusal, TAKEN } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
/** Receives of one event while Metronome refuses everything; a refusal once was believed at the third. */
const RECEIVES = 4;

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld();
});

afterEach(() => world.stop());

const tracks = (ids: readonly string[]): readonly unknown[] => ids.map((id) => trackEvent(id));

/** How often each of these ids was sent. */
function timesSent(ids: readonly string[]): readonly number[] {
  const sent = world.sentIds();
  return ids.map((id) => sent.filter((one) => one === id).length);
}

describe('a Metronome that refuses everything for a while', () => {
  it.each<[string, number, boolean]>([
    ['400, after it took events of the same run', 400, true],
    ['422, after it took events of the same run', 422, true],
    ['400, from the start', 400, false],
  ])('with %s, costs no event its delivery', async (_, status, tookBefore) => {
    const [before, during] = [idsOf(tookBefore ? 20 : 0, 'before'), idsOf(7, 'during')];
    const bridge = await world.start();
    if (tookBefore) {
      await accept(bridge, tracks(before));
      await bridge.drained(DRAIN_MS);
    }

    world.behave(() => refusal(status, 'refused, whatever it is'));
    await accept(bridge, tracks(during));
    await untilAsked(async () => Math.min(...timesSent(during)) >= RECEIVES || (await bridge.state()).fates.quarantined > 0);
    const amid = await bridge.state();
    world.behave(() => TAKEN);
    const after = await bridge.drained(DRAIN_MS);

    expect(amid).toMatchObject({ fates: { delivered: before.length, quarantined: 0 }, quarantine: {}, queue: { deadLetters: 0 } });
    expect(after).toMatchObject({ fates: { delivered: before.length + during.length, quarantined: 0 }, quarantine: {}, queue: { deadLetters: 0 } });
    expect([...world.metronome.billed.keys()].toSorted()).toEqual([...before, ...during].toSorted());
    const aws = await openLocalAws(world.dataFolder);
    expect((await aws.ledger()).filter(({ prefix }) => prefix === 'quarantine')).toEqual([]);
    aws.close();
  }, TEST_MS);

  it('still finds the one event that is at fault, once it takes the others again', async () => {
    const good = idsOf(12, 'good');
    const isBad = ({ transaction_id }: Readonly<Record<string, unknown>>): boolean => transaction_id === 'bad';
    const bridge = await world.start();
    world.behave(() => refusal(400));
    await accept(bridge, tracks([...good, 'bad']));
    await untilAsked(async () => Math.min(...timesSent(good)) >= 2 || (await bridge.state()).fates.quarantined > 0);

    world.behave(({ events }) => (events.some(isBad) ? refusal(400, 'bad is bad') : TAKEN));
    // A customer's traffic goes on: without any success no refusal is believed.
    await untilAsked(async () => {
      await accept(bridge, tracks([`more-${world.metronome.requests.length}`]));
      return (await bridge.state()).fates.quarantined === 1;
    });
    const state = await bridge.drained(DRAIN_MS);

    expect(state.quarantine).toEqual({ refused_by_metronome: 1 });
    expect(good.filter((id) => !world.metronome.billed.has(id))).toEqual([]);
    expect(world.metronome.billed.has('bad')).toBe(false);
  }, TEST_MS);
});
