import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { accept, idsOf, startDeliveryWorld } from '../helpers/delivery-world.ts';
import type { DeliveryWorld } from '../helpers/delivery-world.ts';
import { openLocalAws, untilAsked } from '../helpers/local-aws.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { TAKEN } from '../helpers/metronome-stand-in.ts';
import type { Behaviour } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
const EVENTS = 120;
/** More than the tries of one run of forward: the events go back to the queue and come again. */
const LOST_REQUESTS = 8;

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld();
});

afterEach(() => world.stop());

/** Each event billed, under one content; told as delivered in the ledger, and as nothing else. */
async function expectDeliveredOnce(bridge: LocalProcess, ids: readonly string[]): Promise<void> {
  const state = await bridge.drained(DRAIN_MS);
  expect(state).toMatchObject({ accepted: ids.length, fates: { delivered: ids.length, filtered: 0, quarantined: 0 }, queue: { deadLetters: 0 } });
  expect([...world.metronome.billed.keys()].toSorted()).toEqual(ids.toSorted());
  expect([...world.contents().values()].filter((contents) => contents.size > 1)).toEqual([]);
  const aws = await openLocalAws(world.dataFolder);
  const ledger = await aws.ledger();
  aws.close();
  expect(new Set(ledger.map(({ line }) => line.fate))).toEqual(new Set(['delivered']));
  expect(new Set(ledger.map(({ line }) => line.messageId))).toEqual(new Set(ids));
}

describe('an answer of Metronome that is lost', () => {
  it.each<[string, Behaviour]>([
    ['events stored, then the connection cut', { kind: 'cut', stores: true }],
    ['events stored, then a 500', { kind: 'answer', status: 500, stores: true }],
    ['events stored, then a page of a gateway', { kind: 'answer', status: 502, stores: true, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' }],
  ])('leaves them delivered, once: %s', async (_, lost) => {
    const ids = idsOf(EVENTS, 'm');
    world.behave((__, index) => (index < LOST_REQUESTS ? lost : TAKEN));
    const bridge = await world.start();

    await accept(bridge, ids.map((id) => trackEvent(id)));

    await expectDeliveredOnce(bridge, ids);
    expect(world.sentIds().length).toBeGreaterThan(EVENTS);
  }, TEST_MS);

  it('leaves them delivered, once, when the bridge is killed before it hears it', async () => {
    const ids = idsOf(EVENTS, 'm');
    let killed: Promise<unknown> | undefined;
    // Paused, so that the webhook is answered before the kill.
    const paused = await world.start({ BRIDGE_PAUSED: 'true' });
    await accept(paused, ids.map((id) => trackEvent(id)));
    await paused.end('SIGINT');
    const unheard = await world.start();
    world.behave(async () => {
      killed ??= unheard.end('SIGKILL');
      await killed;
      return { kind: 'cut', stores: true };
    });
    await untilAsked(async () => killed !== undefined);
    await killed;
    world.behave(() => TAKEN);

    await expectDeliveredOnce(await world.start(), ids);
    expect(world.sentIds().length).toBeGreaterThan(EVENTS);
  }, TEST_MS);
});
