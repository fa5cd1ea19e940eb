import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readOperatorFile } from '../../../local/operator-file.ts';
import { versionOf } from '../../../local/studio/hot-mappings.ts';
import { runBridgeProcess } from '../../helpers/bridge-process.ts';
import { endLeftovers, startLocalProcess } from '../../helpers/local-process.ts';
import type { LocalProcess } from '../../helpers/local-process.ts';
import { startMetronomeStandIn } from '../../helpers/metronome-stand-in.ts';
import type { Behaviour, MetronomeStandIn } from '../../helpers/metronome-stand-in.ts';
import { batchRequest, trackEvent } from '../../helpers/segment.ts';
import { sendAll } from '../../helpers/segment-sender.ts';
import { PROJECT_FOLDER } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { until } from '../../helpers/until.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
const TOKEN = 'metronome-token-0123456789';
const AWAY: Behaviour = { kind: 'answer', status: 503 };

const folder = temporaryFolder();
const mappingsPath = join(folder.path, 'mappings.json');
let metronome: MetronomeStandIn;
let behaviour: Behaviour | undefined;
let bridge: LocalProcess;

beforeAll(async () => {
  copyFileSync(join(PROJECT_FOLDER, 'mappings.json'), mappingsPath);
  metronome = await startMetronomeStandIn(({ headers, events }) => behaviour ?? { kind: 'answer', status: answerTo(headers.authorization, events.length) });
  bridge = await startLocalProcess(environment());
}, TEST_MS);

afterAll(async () => {
  endLeftovers();
  await metronome.stop();
  folder.remove();
});

function answerTo(authorization: string | undefined, events: number): number {
  if (authorization !== `Bearer ${TOKEN}`) return 403;
  return events === 0 ? 400 : 200;
}

const environment = (): Record<string, string> => ({
  BRIDGE_DATA: join(folder.path, 'data'),
  BRIDGE_MAPPINGS: mappingsPath,
  METRONOME_API_TOKEN: TOKEN,
  METRONOME_BASE_URL: metronome.url,
  BRIDGE_BATCH_WINDOW_SECONDS: '0',
  BRIDGE_RETRY_DELAYS_MINUTES: '0.02',
  BRIDGE_MAX_RECEIVE_COUNT: '2',
});

/** What isn't green, and the exit status. */
async function examine(others: Readonly<Record<string, string>> = {}, words: readonly string[] = []) {
  const run = await runBridgeProcess(['doctor', '--local', '--json', ...words], { ...environment(), ...others });
  return { exit: run.status, found: run.lines().filter(({ status }) => status !== 'ok'), lines: run.lines() };
}

async function send(ids: readonly string[], overrides: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await sendAll([batchRequest(ids.map((id) => trackEvent(id, overrides)))], { webhook: () => bridge.webhook, concurrency: 1, pauseMs: 100, maxTries: 5 });
}

describe('doctor --local, while a bridge runs', () => {
  it('is all green for a good one, and leaves nothing behind', async () => {
    const { exit, found, lines } = await examine();

    expect(found).toEqual([]);
    expect(lines).toHaveLength(15);
    expect(exit).toBe(0);
    expect((await bridge.state()).accepted).toBe(0);
  }, TEST_MS);

  it('sends an event that is filtered if it is asked to', async () => {
    const { exit, found } = await examine({}, ['--send-event']);
    const { accepted, fates } = await bridge.drained(DRAIN_MS);

    expect({ exit, found }).toEqual({ exit: 0, found: [] });
    expect({ accepted, fates }).toEqual({ accepted: 1, fates: { delivered: 0, filtered: 1, quarantined: 0 } });
  }, TEST_MS);

  it.each([
    ['a wrong token', { METRONOME_API_TOKEN: 'wrong-token-0123456789' }, 'Metronome token', 'fail', /Wrong token: \S+ refuses it with 403/],
    ['a wrong Segment secret', { SEGMENT_SHARED_SECRET: 'wrong-secret-0123456789' }, 'webhook', 'fail', /started with another Segment secret/],
    ['a wrong endpoint token', { ENDPOINT_TOKEN: 'wrong-token-0123456789' }, 'batches', 'fail', /started with another endpoint token/],
    ['a pause', { BRIDGE_PAUSED: 'true' }, 'event source', 'warn', /Paused/],
  ])('names %s', async (_, others, check, status, says) => {
    const { exit, found } = await examine(others);

    expect(found).toEqual([{ check, status, message: expect.stringMatching(says), next: expect.any(String) }]);
    expect(exit).toBe(status === 'fail' ? 1 : 0);
  }, TEST_MS);

  it('does not blame the token for an outage, and then finds what the outage left: dead letters, and the quarantine beside them', async () => {
    behaviour = AWAY;
    const outage = await examine();
    await send(['dead-1', 'dead-2']);
    while ((await bridge.state()).queue.deadLetters < 2) await new Promise((resolve) => setTimeout(resolve, 100));
    behaviour = undefined;
    await send(['nobody'], { context: {} });
    await bridge.drained(DRAIN_MS);
    const after = await examine();

    expect(outage).toMatchObject({ exit: 1, found: [{ check: 'Metronome', status: 'fail', message: expect.stringMatching(/is down: it answers 503/) }, { check: 'Metronome token', status: 'warn', message: expect.stringMatching(/^Unknown/) }] });
    expect(after.found).toEqual([
      { check: 'dead letters', status: 'fail', message: expect.stringMatching(/^2 events not billed; SQS deletes the first of them in 13\.9 days\.$/), next: 'npm run bridge -- deadletters list --local' },
      { check: 'quarantine', status: 'warn', message: '1 event of the last 24 hours not billed: 1 missing_field.', next: 'npm run bridge -- quarantine list --local' },
    ]);
    expect(after.exit).toBe(1);
  }, TEST_MS);

  it('goes with a change of the mappings, and sends no event while the file can\'t be used', async () => {
    appendFileSync(mappingsPath, '\n');
    await until(() => runningVersion() === versionOf(readFileSync(mappingsPath, 'utf8')));
    const changed = await examine();
    const { accepted } = await bridge.state();
    appendFileSync(mappingsPath, '{');
    const broken = await examine({}, ['--send-event']);

    const found = ({ found: all }: typeof broken) => all.map(({ check, status }) => ({ check, status }));
    expect(found(changed)).not.toContainEqual(expect.objectContaining({ check: expect.stringMatching(/mappings|webhook/) }));
    expect(found(broken)).toEqual(expect.arrayContaining([{ check: 'mappings', status: 'fail' }, { check: 'running mappings', status: 'fail' }, { check: 'webhook', status: 'warn' }]));
    expect((await bridge.state()).accepted).toBe(accepted);
  }, TEST_MS);
});

function runningVersion(): unknown {
  return readOperatorFile(join(folder.path, 'data/metronome'))?.mappingsVersion;
}
