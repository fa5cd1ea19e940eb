import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';

import { runBridgeProcess } from '../helpers/bridge-process.ts';
import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { startMetronomeStandIn, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { Behaviour, MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { batchRequest, trackEvent } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const TEST_MS = 120_000;
const LETTERS = 23;
const AWAY: Behaviour = { kind: 'answer', status: 503 };

let folder: ReturnType<typeof temporaryFolder>;
let metronome: MetronomeStandIn;
let behaviour = TAKEN;

beforeEach(async () => {
  folder = temporaryFolder();
  metronome = await startMetronomeStandIn(() => behaviour);
});

afterEach(async () => {
  endLeftovers();
  await metronome.stop();
  folder.remove();
});

const environment = (): Record<string, string> => ({
  BRIDGE_DATA: join(folder.path, 'data'),
  METRONOME_API_TOKEN: 'token',
  METRONOME_BASE_URL: metronome.url,
  BRIDGE_BATCH_WINDOW_SECONDS: '0',
  BRIDGE_RETRY_DELAYS_MINUTES: '0.02',
  BRIDGE_MAX_RECEIVE_COUNT: '2',
});

async function untilDead(bridge: LocalProcess): Promise<void> {
  while ((await bridge.state()).queue.deadLetters < LETTERS) await new Promise((resolve) => setTimeout(resolve, 100));
}

describe('deadletters', () => {
  it('lists dead letters, puts them back where SQS has no move of its own, and they are delivered once', async () => {
    const bridge = await startLocalProcess(environment());
    const command = (...words: readonly string[]) => runBridgeProcess(['deadletters', ...words, '--local'], environment());
    const none = await command('list');
    behaviour = AWAY;
    const ids = Array.from({ length: LETTERS }, (_, index) => `m-${index}`);
    await sendAll([batchRequest(ids.map((id) => trackEvent(id)))], { webhook: () => bridge.webhook, concurrency: 1, pauseMs: 100, maxTries: 5 });
    await untilDead(bridge);
    behaviour = TAKEN;

    const listed = await command('list', '--json');
    const dry = await command('replay');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const moved = await command('replay', '--yes', '--json');
    const state = await bridge.drained(30_000);

    expect(none).toMatchObject({ status: 0, out: expect.stringContaining('No dead letters in the local bridge') });
    expect(listed.status).toBe(1);
    expect(listed.lines()).toHaveLength(LETTERS + 1);
    expect(listed.lines()[0]).toMatchObject({ letter: { messageId: expect.stringMatching(/^m-/), daysLeft: expect.closeTo(13.9, 0), acceptedAt: expect.any(String) } });
    expect(dry.out.replaceAll(/\s+/g, ' ')).toMatch(/23 dead letters.*outage.*Nothing was sent.*npm run bridge -- deadletters replay --local --yes/);
    expect(moved.lines()).toEqual([{ summary: { deadLetters: LETTERS, moved: LETTERS, left: 0, dryRun: false } }]);
    expect([...metronome.billed.keys()].toSorted()).toEqual(ids.toSorted());
    expect(state).toMatchObject({ accepted: LETTERS, fates: { delivered: LETTERS }, queue: { visible: 0, inFlight: 0, deadLetters: 0 } });
    expect((await runBridgeProcess(['reconcile', '--local'], environment())).out).toContain('The books balance: every accepted event has its fate.');
  }, TEST_MS);
});
