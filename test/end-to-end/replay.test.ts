import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { openLocalOperator } from '../../cli/operator/local-operator.ts';
import { ledgerKey } from '../../lambda/forward/ledger.ts';
import { ioDouble } from '../cli/io-double.ts';
import { runBridgeProcess } from '../helpers/bridge-process.ts';
import type { BridgeRun } from '../helpers/bridge-process.ts';
import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { refusal, startMetronomeStandIn, TAKEN } from '../helpers/metronome-stand-in.ts';
import type { MetronomeStandIn } from '../helpers/metronome-stand-in.ts';
import { PROJECT } from '../helpers/project.ts';
import { batchRequest, trackEvent } from '../helpers/segment.ts';
import { sendAll } from '../helpers/segment-sender.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const DRAIN_MS = 60_000;
const TEST_MS = 180_000;
const DAY_MS = 24 * 60 * 60_000;

const SEATS = { transaction_id: { '@template': '{{messageId}}-seats' } };
const DEFAULT_MAPPING = {
  transaction_id: { '@path': '$.messageId' },
  customer_id: { '@path': '$.context.groupId' },
  timestamp: { '@path': '$.timestamp' },
  event_type: { '@path': '$.event' },
  properties: { '@path': '$.properties' },
};

let folder: ReturnType<typeof temporaryFolder>;
let metronome: MetronomeStandIn | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  endLeftovers();
  await metronome?.stop();
  metronome = undefined;
  folder.remove();
});

interface Entry {
  readonly name: string;
  readonly trigger?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Track events by the default mapping, unless an entry says otherwise. */
function writeMappings(...entries: readonly Entry[]): void {
  const mappings = entries.map(({ name, trigger = 'type = "track"', fields }) => ({ name, enabled: true, trigger, mapping: { ...DEFAULT_MAPPING, ...fields } }));
  writeFileSync(mappingsPath(), JSON.stringify({ mappings }));
}

const mappingsPath = (): string => join(folder.path, 'mappings.json');

function environment(): Record<string, string> {
  const target: Record<string, string> = metronome === undefined ? {} : { METRONOME_API_TOKEN: 'token', METRONOME_BASE_URL: metronome.url };
  return { BRIDGE_DATA: join(folder.path, 'data'), BRIDGE_MAPPINGS: mappingsPath(), BRIDGE_BATCH_WINDOW_SECONDS: '0', ...target };
}

const startBridge = (extra: Readonly<Record<string, string>> = {}): Promise<LocalProcess> => startLocalProcess({ ...environment(), ...extra });
const command = (...words: readonly string[]): Promise<BridgeRun> => runBridgeProcess([...words, '--local'], environment());

async function accept(bridge: LocalProcess, events: readonly unknown[]): Promise<void> {
  const statuses = await sendAll([batchRequest(events)], { webhook: () => bridge.webhook, concurrency: 1, pauseMs: 100, maxTries: 20 });
  expect(statuses).toEqual([200]);
  await bridge.drained(DRAIN_MS);
}

async function restart(bridge: LocalProcess, extra: Readonly<Record<string, string>> = {}): Promise<LocalProcess> {
  await bridge.end('SIGINT');
  return startBridge(extra);
}

const summaryOf = (run: BridgeRun): unknown => run.lines().at(-1)?.['summary'];
const withoutGroup = (id: string): unknown => trackEvent(id, { context: {} });
const idsOf = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('quarantine replay', () => {
  it('delivers what was quarantined, once, after its mapping was mended', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    await accept(bridge, [...idsOf(12, 'bad').map(withoutGroup), ...idsOf(3, 'good').map((id) => trackEvent(id))]);
    const before = await bridge.state();

    const listed = await command('quarantine', 'list', '--json');
    const hopeless = await command('quarantine', 'replay', '--yes', '--json');
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);
    const billedBefore = (await bridge.state()).sandbox?.billed ?? 0;
    const dry = await command('quarantine', 'replay', '--reason', 'missing_field', '--json');
    const dryText = await command('quarantine', 'replay', '--reason', 'missing_field');
    const sent = await command('quarantine', 'replay', '--reason', 'missing_field', '--yes', '--json');
    await bridge.drained(DRAIN_MS);
    const after = await command('quarantine', 'list', '--json');
    const again = await command('quarantine', 'replay', '--yes', '--json');
    const state = await bridge.drained(DRAIN_MS);

    expect(before.quarantine).toEqual({ missing_field: 12 });
    expect(listed.lines()[0]).toMatchObject({ group: { reason: 'missing_field', mapping: 'usage', events: 12, sample: { field: 'customer_id' } } });
    expect(listed.status).toBe(1);
    expect(summaryOf(hopeless)).toMatchObject({ outcomes: [{ outcome: 'quarantined', reason: 'missing_field', events: 12 }], queued: 0 });
    expect(hopeless.status).toBe(1);
    expect(summaryOf(dry)).toMatchObject({ open: 12, outcomes: [{ outcome: 'delivered', events: 12 }], dryRun: true, queued: 0 });
    expect(dryText.out).toContain('npm run bridge -- quarantine replay --reason missing_field --local --yes');
    expect(dryText.out).toMatch(/Usage events to Metronome, by the mappings of .*:\n +12 {2}usage\n/);
    expect(dryText.err).not.toContain('Note');
    expect(summaryOf(sent)).toMatchObject({ queued: 12, unsent: 0, dryRun: false });
    expect(sent.status).toBe(0);
    expect({ status: after.status, summary: summaryOf(after) }).toEqual({ status: 0, summary: { open: 0, replayed: { delivered: 12, filtered: 0, notBack: 0, unknown: 0 } } });
    expect(summaryOf(again)).toMatchObject({ open: 0, queued: 0 });
    expect((state.sandbox?.billed ?? 0) - billedBefore).toBe(12);
    expect(state.sandbox?.duplicates).toBe(0);
  }, TEST_MS);

  it('leaves alone what is on its way again', async () => {
    writeMappings({ name: 'usage' });
    const bridge = await startBridge();
    await accept(bridge, idsOf(5, 'bad').map(withoutGroup));
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    const paused = await restart(bridge, { BRIDGE_PAUSED: 'true' });

    const first = await command('quarantine', 'replay', '--yes', '--json');
    const second = await command('quarantine', 'replay', '--yes', '--json');
    const listed = await command('quarantine', 'list', '--json');

    expect(summaryOf(first)).toMatchObject({ queued: 5 });
    expect(summaryOf(second)).toMatchObject({ open: 0, replayedBefore: 5, queued: 0 });
    expect(summaryOf(listed)).toEqual({ open: 0, replayed: { delivered: 0, filtered: 0, notBack: 5, oldestNotBack: { sqsMessageId: expect.any(String), at: expect.any(String) }, unknown: 0 } });
    expect(listed.status).toBe(1);
    expect((await paused.state()).queue.visible).toBe(5);
  }, TEST_MS);

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['its id unchanged', {}],
    ['its id changed in the meantime', { transaction_id: { '@template': 'new-{{messageId}}' } }],
  ])('sends only what was not delivered: of A and B only B, A with %s', async (_, fieldsOfA) => {
    metronome = await startMetronomeStandIn(({ events }) => (events.some(({ event_type }) => event_type === 'wrong') ? refusal(400, 'unknown event_type') : TAKEN));
    const b = { transaction_id: { '@template': 'b-{{messageId}}' } };
    writeMappings({ name: 'A' }, { name: 'B', fields: { ...b, event_type: 'wrong' } });
    let bridge = await startBridge();
    await accept(bridge, idsOf(4, 'm').map((id) => trackEvent(id)));
    const sentBefore = metronome.requests.length;
    const billedBefore = [...metronome.billed.keys()].toSorted();

    writeMappings({ name: 'A', fields: fieldsOfA }, { name: 'B', fields: { ...b, event_type: 'right' } });
    bridge = await restart(bridge);
    const replayed = await command('quarantine', 'replay', '--mapping', 'B', '--yes', '--json');
    const state = await bridge.drained(DRAIN_MS);
    const listed = await command('quarantine', 'list', '--json');

    const idsAfter = metronome.requests.slice(sentBefore).flatMap(({ events }) => events.map((event) => String(event['transaction_id'])));
    expect(billedBefore).toEqual(idsOf(4, 'm'));
    expect(summaryOf(replayed)).toMatchObject({ outcomes: [{ outcome: 'delivered', events: 4 }], queued: 4 });
    expect(idsAfter.toSorted()).toEqual(idsOf(4, 'b-m'));
    expect(metronome.billed.size).toBe(8);
    expect(summaryOf(listed)).toMatchObject({ open: 0, replayed: { delivered: 4, notBack: 0 } });
    expect(state.queue).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
  }, TEST_MS);

  /** Of A and B only A is delivered; then the mappings change. */
  async function deliveredInPart(...then: readonly Entry[]): Promise<LocalProcess> {
    metronome = await startMetronomeStandIn(({ events }) => (events.some(({ event_type }) => event_type === 'wrong') ? refusal(400, 'unknown event_type') : TAKEN));
    writeMappings({ name: 'Usage' }, { name: 'Seats', fields: { ...SEATS, event_type: 'wrong' } });
    const bridge = await startBridge();
    await accept(bridge, [trackEvent('ab1')]);
    writeMappings(...then);
    return restart(bridge);
  }

  it('refuses what may be billed twice under a new name, until it is said that it is not', async () => {
    const bridge = await deliveredInPart({ name: 'Usage v2', fields: { transaction_id: { '@template': '{{messageId}}-usage' } } }, { name: 'Seats', fields: SEATS });

    const dry = await command('quarantine', 'replay');
    const refused = await command('quarantine', 'replay', '--yes', '--json');
    const traced = await command('trace', 'ab1');
    await bridge.drained(DRAIN_MS);
    const billedThen = [...(metronome?.billed.keys() ?? [])];
    const sent = await command('quarantine', 'replay', '--yes', '--nothing-renamed', '--json');
    await bridge.drained(DRAIN_MS);

    expect(dry.out.replaceAll(/\s+/g, ' ')).toContain('"Usage" was delivered before, and no mapping of that name or id takes part now. "Usage v2" may be the same under another name');
    expect(dry.out.replaceAll(/\s+/g, ' ')).toContain('--nothing-renamed');
    expect(summaryOf(refused)).toMatchObject({ queued: 0, outcomes: [{ outcome: 'refused', events: 1 }] });
    expect(traced.out).toContain('Billed in part: Usage.');
    expect(billedThen).toEqual(['ab1']);
    expect(summaryOf(sent)).toMatchObject({ queued: 1, usage: { 'Usage v2': 1, Seats: 1 } });
    expect([...(metronome?.billed.keys() ?? [])].toSorted()).toEqual(['ab1', 'ab1-seats', 'ab1-usage']);
  }, TEST_MS);

  it('leaves alone what it would send nothing of, though a part was never delivered', async () => {
    await deliveredInPart({ name: 'Usage', fields: SEATS });

    const sent = await command('quarantine', 'replay', '--yes', '--json');
    const listed = await command('quarantine', 'list', '--json');

    expect(summaryOf(sent)).toMatchObject({ queued: 0, outcomes: [{ outcome: 'nothing_left', events: 1 }] });
    expect(sent.status).toBe(1);
    expect(summaryOf(listed)).toMatchObject({ open: 1 });
  }, TEST_MS);

  it('leaves in the quarantine what no mapping takes any more, unless it is meant and the archive keeps it', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    await accept(bridge, [withoutGroup('bad')]);
    writeMappings({ name: 'usage', trigger: 'type = "page"' });
    bridge = await restart(bridge, { BRIDGE_ARCHIVE_DAYS: '0' });

    const left = await command('quarantine', 'replay', '--yes', '--json');
    const gone = await runBridgeProcess(['quarantine', 'replay', '--filtered', '--yes', '--local'], { ...environment(), BRIDGE_ARCHIVE_DAYS: '0' });
    bridge = await restart(bridge);
    const filtered = await command('quarantine', 'replay', '--filtered', '--yes', '--json');
    await bridge.drained(DRAIN_MS);

    expect(summaryOf(left)).toMatchObject({ queued: 0, outcomes: [{ outcome: 'filtered', events: 1 }] });
    expect(gone).toMatchObject({ status: 1, out: '', err: expect.stringContaining('this bridge keeps none') });
    expect(summaryOf(filtered)).toMatchObject({ queued: 1 });
    expect(summaryOf(await command('quarantine', 'list', '--json'))).toEqual({ open: 0, replayed: { delivered: 0, filtered: 1, notBack: 0, unknown: 0 } });
  }, TEST_MS);

  it('says what there is when a filter chooses nothing', async () => {
    writeMappings({ name: 'usage' });
    const bridge = await startBridge();
    await accept(bridge, idsOf(2, 'bad').map(withoutGroup));

    const listed = await command('quarantine', 'list', '--mapping', 'typo');
    const replayed = await command('quarantine', 'replay', '--customer', 'nobody');
    const empty = await command('quarantine', 'replay', '--customer', '');

    expect(listed).toMatchObject({ status: 1, out: expect.stringContaining('None of the 2 open events matches --mapping typo (mappings there: usage).') });
    expect(replayed).toMatchObject({ status: 1, out: expect.stringContaining('None of the 2 open events matches --customer nobody.') });
    expect(empty).toMatchObject({ status: 2, err: expect.stringContaining('It is empty.') });
  }, TEST_MS);

  it('refuses what is too old, and says so', async () => {
    writeMappings({ name: 'usage' });
    const bridge = await startBridge();
    await accept(bridge, [trackEvent('old', { timestamp: new Date(Date.now() - 40 * DAY_MS).toISOString() })]);

    const dry = await command('quarantine', 'replay');
    const sent = await command('quarantine', 'replay', '--yes', '--json');
    const state = await bridge.drained(DRAIN_MS);

    expect(dry).toMatchObject({ status: 1, out: expect.stringContaining('1  are too old to be billed safely: timestamp_too_old (not sent)') });
    expect(summaryOf(sent)).toMatchObject({ outcomes: [{ outcome: 'too_old', events: 1 }], queued: 0 });
    expect(state.quarantine).toEqual({ timestamp_too_old: 1 });
  }, TEST_MS);

  it.each(['SIGINT', 'SIGKILL'] as const)('delivers each event once when it is ended by %s and run again', async (signal) => {
    metronome = await startMetronomeStandIn();
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    const ids = idsOf(450, 'bad');
    await accept(bridge, ids.map(withoutGroup));
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);

    const words = ['quarantine', 'replay', '--yes', '--rate', '100', '--local'];
    const interrupted = spawn(process.execPath, [join(PROJECT, 'bin/bridge.ts'), ...words], { env: { PATH: process.env['PATH'], ...environment() }, stdio: ['ignore', 'pipe', 'ignore'] });
    const said = text(interrupted.stdout);
    const exited = once(interrupted, 'exit');
    while (metronome.billed.size <= 100) await new Promise((resolve) => setTimeout(resolve, 20));
    interrupted.kill(signal);
    const [status] = (await exited) as [number | null];
    await bridge.drained(DRAIN_MS);
    const left = await command('quarantine', 'list', '--json');
    const rest = await command('quarantine', 'replay', '--yes', '--json');
    await bridge.drained(DRAIN_MS);

    const openAfterSignal = Number((summaryOf(left) as { readonly open: number }).open);
    expect(openAfterSignal).toBeGreaterThan(0);
    expect(openAfterSignal).toBeLessThan(450);
    expect(summaryOf(rest)).toMatchObject({ queued: openAfterSignal });
    expect(status).toBe(signal === 'SIGINT' ? 130 : null);
    expect(await said).toMatch(signal === 'SIGINT' ? /Interrupted: \d+ of 450 events put into the queue, and recorded\.[^]*npm run bridge -- quarantine replay --local --rate 100 --yes\n$/ : /^$/);
    // A killed run may have claimed a round without sending it: that one is left to a person, and sent when it is given up.
    const lost = summaryOf(await command('quarantine', 'list', '--json')) as { readonly replayed: { readonly notBack: number } };
    expect(lost.replayed.notBack).toBeLessThanOrEqual(signal === 'SIGINT' ? 0 : 100);
    const again = await command('quarantine', 'replay', '--again', 'all', '--yes', '--json');
    await bridge.drained(DRAIN_MS);
    expect(summaryOf(again)).toMatchObject({ queued: lost.replayed.notBack });
    expect([...metronome.billed.keys()].toSorted()).toEqual(ids.toSorted());
    expect(metronome.requests.flatMap(({ events }) => events)).toHaveLength(450);
    expect(summaryOf(await command('quarantine', 'replay', '--yes', '--json'))).toMatchObject({ open: 0, queued: 0 });
    expect(summaryOf(await command('quarantine', 'list', '--json'))).toMatchObject({ open: 0, replayed: { delivered: 450, notBack: 0 } });
  }, TEST_MS);

  it('sends nothing while a part of the ledger is unreadable, unless told to', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    await accept(bridge, [withoutGroup('bad')]);
    const operator = await openLocalOperator(undefined, ioDouble(folder.path, { environment: environment() }).io);
    await operator.s3.send(new PutObjectCommand({ Bucket: operator.bucket, Key: ledgerKey('archive', Date.now(), 'damaged'), Body: 'no gzip' }));
    operator.close();
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);

    const refused = await command('quarantine', 'replay', '--yes');
    const despite = await command('quarantine', 'replay', '--yes', '--despite-damage', '--json');
    await bridge.drained(DRAIN_MS);

    expect(refused).toMatchObject({ status: 1, out: '', err: expect.stringContaining('--despite-damage') });
    expect(summaryOf(despite)).toMatchObject({ queued: 1 });
  }, TEST_MS);

  it('shows an event with what would become of it', async () => {
    writeMappings({ name: 'usage' });
    let bridge = await startBridge();
    const long = 'l'.repeat(300);
    await accept(bridge, [withoutGroup('lost'), withoutGroup('lost'), withoutGroup(long)]);

    const shown = await command('quarantine', 'show', 'lost');
    const unknown = await command('quarantine', 'show', 'nobody');
    writeFileSync(mappingsPath(), 'no mappings');
    const unmapped = await command('quarantine', 'show', 'lost');
    const cut = await command('quarantine', 'show', long, '--json');
    writeMappings({ name: 'usage', fields: { customer_id: { '@path': '$.userId' } } });
    bridge = await restart(bridge);
    await command('quarantine', 'replay', '--yes');
    await bridge.drained(DRAIN_MS);
    const closed = await command('quarantine', 'show', 'lost');

    expect(shown).toMatchObject({ status: 0, out: expect.stringMatching(/messageId +lost[\s\S]*missing_field[\s\S]*customer_id[\s\S]*"messageId":"lost"[\s\S]*quarantined,\s+missing_field/) });
    expect(shown.out).toMatch(/The quarantine holds 1 other event with this messageId:\s+[\w-]+\n/);
    expect(cut.lines()[0]).toMatchObject({ standing: { fate: 'quarantined', isUnderWay: false, billed: [] }, now: { problem: expect.any(String) }, others: [] });
    expect(closed.out).toMatch(/\nNow: delivered\.\n[^]*It is not open, so a replay leaves it alone\.\n/);
    expect(shown.out).toContain('\nNow: in quarantine, until it is replayed. Not billed.\n');
    expect(unknown).toMatchObject({ status: 1, err: expect.stringContaining('holds no event with the id nobody') });
    expect(unmapped).toMatchObject({ status: 0, out: expect.stringMatching(/"messageId":"lost"[^]*What would become of it now can't be told/) });
  }, TEST_MS);
});

describe('replay', () => {
  it('sends filtered events that a mapping matches now, once, and never what was delivered', async () => {
    metronome = await startMetronomeStandIn();
    writeMappings({ name: 'usage', trigger: 'type = "track" and event = "api_call"' });
    let bridge = await startBridge();
    await accept(bridge, [...idsOf(3, 'other').map((id) => trackEvent(id, { event: 'storage' })), trackEvent('page', { type: 'page' }), trackEvent('sent')]);
    writeMappings({ name: 'usage' });
    bridge = await restart(bridge);
    const billedBefore = metronome.billed.size;

    const dry = await command('replay', '--json');
    const sent = await command('replay', '--yes', '--json');
    await bridge.drained(DRAIN_MS);
    const again = await command('replay', '--yes', '--json');
    await bridge.drained(DRAIN_MS);

    expect(summaryOf(dry)).toMatchObject({ open: 3, stillFiltered: 1, outcomes: [{ outcome: 'delivered', events: 3 }], queued: 0 });
    expect(summaryOf(sent)).toMatchObject({ queued: 3 });
    expect(summaryOf(again)).toMatchObject({ open: 0, queued: 0 });
    expect(billedBefore).toBe(1);
    expect([...metronome.billed.keys()].slice(1).toSorted()).toEqual(idsOf(3, 'other'));
    expect(metronome.requests.flatMap(({ events }) => events)).toHaveLength(4);
  }, TEST_MS);
});
