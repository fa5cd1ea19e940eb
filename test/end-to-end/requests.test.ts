import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startLocalBridge } from '../../local/bridge.ts';
import type { LocalBridge } from '../../local/bridge.ts';
import { idsOf } from '../helpers/delivery-world.ts';
import { openLocalAws, untilAsked } from '../helpers/local-aws.ts';
import { refusal, startMetronomeStandIn, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { Decide, MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { PROJECT_FOLDER } from '../helpers/project.ts';
import { batchRequest, LOCAL_CREDENTIALS, trackEvent } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { recordingTelemetry } from '../helpers/telemetry.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const TEST_MS = 60_000;
const IDS = idsOf(1_000, 'm');
/** One event in a hundred, anywhere among them. */
const GUILTY = new Set(IDS.filter((_, index) => index % 97 === 13).slice(0, 10));

let folder: ReturnType<typeof temporaryFolder>;
let metronome: MetronomeStandIn;
let bridge: LocalBridge;
let behaviour: Decide = () => TAKEN;
const environment = { ...process.env };

beforeEach(async () => {
  folder = temporaryFolder();
  metronome = await startMetronomeStandIn((request, index) => behaviour(request, index));
  bridge = await startLocalBridge({
    port: 0,
    dataFolder: folder.path,
    segmentSharedSecret: LOCAL_CREDENTIALS.sharedSecret,
    endpointToken: LOCAL_CREDENTIALS.endpointToken,
    target: { kind: 'metronome', baseUrl: metronome.url, token: 'token' },
    mappingsPath: `${PROJECT_FOLDER}/mappings.json`,
    // One run of forward takes them all, as soon as they are there.
    settings: { batchSize: IDS.length, batchWindowSeconds: 30, maxConcurrency: 1, forwardTimeoutSeconds: 60, visibilityTimeoutSeconds: 360, retryDelaysMinutes: [60], archiveDays: 35, maxReceiveCount: 300, metronomeEventsPerSecond: 100_000, previousSecretHours: 72, paused: false },
    telemetry: recordingTelemetry(),
    report: () => undefined,
  });
});

afterEach(async () => {
  await bridge.stop();
  await metronome.stop();
  folder.remove();
  // The local run points every AWS client of its process at itself.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, environment);
});

async function settleAll(): Promise<void> {
  const requests = [batchRequest(IDS.map((id) => trackEvent(id)))];
  expect(await sendAll(requests, { webhook: () => `${bridge.url}/segment`, concurrency: 1, pauseMs: 100, maxTries: 3 })).toEqual([200]);
  await untilAsked(async () => {
    const { queue, accepted } = await bridge.state();
    return accepted === IDS.length && queue.visible + queue.inFlight === 0;
  });
}

describe('1,000 events', () => {
  it('take 10 requests', async () => {
    behaviour = () => TAKEN;

    await settleAll();

    expect(metronome.requests.map(({ events }) => events.length)).toEqual(Array.from({ length: 10 }, () => 100));
    expect([...metronome.billed.keys()].toSorted()).toEqual(IDS.toSorted());
  }, TEST_MS);

  it('of which 1 % are refused only by Metronome take at most 150, and exactly those are quarantined', async () => {
    behaviour = ({ events }) => (events.some(({ transaction_id }) => GUILTY.has(String(transaction_id))) ? refusal(400, 'no such customer') : TAKEN);

    await settleAll();

    const aws = await openLocalAws(folder.path);
    const quarantined = (await aws.ledger()).filter(({ prefix }) => prefix === 'quarantine').map(({ line }) => [String(line.messageId), line.reason, line.detail]);
    aws.close();
    expect(metronome.requests.length).toBeLessThanOrEqual(150);
    expect(quarantined.toSorted()).toEqual([...GUILTY].toSorted().map((id) => [id, 'refused_by_metronome', 'no such customer']));
    expect([...metronome.billed.keys()].toSorted()).toEqual(IDS.filter((id) => !GUILTY.has(id)).toSorted());
  }, TEST_MS);
});
