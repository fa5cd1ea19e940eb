import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';

import { runBridgeProcess } from '../helpers/bridge-process.ts';
import { accept, idsOf, startDeliveryWorld } from '../helpers/delivery-world.ts';
import type { DeliveryWorld } from '../helpers/delivery-world.ts';
import { untilAsked } from '../helpers/local-aws.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { TAKEN } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';

const TEST_MS = 170_000;
const POISON = 'poison';
/** The shortest that is allowed. An event of a run that died is told by coming back after half of it and more. */
const VISIBILITY_SECONDS = 10;
const AFTER_A_CRASH_MS = 4_500;

let world: DeliveryWorld;

beforeEach(async () => {
  world = await startDeliveryWorld({
    BRIDGE_BATCH_WINDOW_SECONDS: '1',
    BRIDGE_FORWARD_TIMEOUT_SECONDS: String(VISIBILITY_SECONDS),
    BRIDGE_VISIBILITY_TIMEOUT_SECONDS: String(VISIBILITY_SECONDS),
    BRIDGE_RETRY_DELAYS_MINUTES: '60',
    // Whatever was in hand is free again at each start, so that a start is what a visibility timeout is on AWS.
    BRIDGE_MAX_RECEIVE_COUNT: '300',
  });
});

afterEach(() => world.stop());

describe('an event that kills the process which handles it', () => {
  it('ends alone in the dead letters, and every other one is delivered once', async () => {
    const beside = idsOf(4, 'beside');
    const later = idsOf(2, 'later');
    let crashes = 0;
    let bridge: LocalProcess = await world.start({ BRIDGE_PAUSED: 'true' });
    await accept(bridge, [...beside.slice(0, 2), POISON, ...beside.slice(2)].map((id) => trackEvent(id)));
    await bridge.end('SIGINT');
    // Dies as it would of anything: in the middle of sending, and nothing of that request is stored.
    world.behave(async ({ events }) => {
      if (!events.some(({ transaction_id }) => transaction_id === POISON)) return TAKEN;
      crashes += 1;
      await bridge.end('SIGKILL');
      return { kind: 'cut', stores: false };
    });
    const restartAfterCrash = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
      const before = crashes;
      bridge = await world.start(settings);
      await untilAsked(async () => crashes > before);
      await sleep(AFTER_A_CRASH_MS);
    };

    await restartAfterCrash();
    bridge = await world.start({ BRIDGE_PAUSED: 'true' });
    await accept(bridge, later.map((id) => trackEvent(id)));
    await bridge.end('SIGINT');
    while (world.metronome.billed.size < beside.length + later.length) await restartAfterCrash();
    // Now it is the last one; it has had its receives.
    bridge = await world.start({ BRIDGE_MAX_RECEIVE_COUNT: '1' });
    await untilAsked(async () => (await bridge.state()).queue.deadLetters > 0);
    const state = await bridge.drained(TEST_MS);
    const listed = await runBridgeProcess(['deadletters', 'list', '--local', '--json'], { BRIDGE_DATA: world.dataFolder });

    expect(state).toMatchObject({ fates: { delivered: beside.length + later.length, quarantined: 0 }, queue: { visible: 0, inFlight: 0, deadLetters: 1 } });
    expect(listed.lines()[0]).toMatchObject({ letter: { messageId: POISON } });
    expect([...world.metronome.billed.keys()].toSorted()).toEqual([...beside, ...later].toSorted());
    expect(crashes).toBeGreaterThanOrEqual(3);
  }, TEST_MS);
});
