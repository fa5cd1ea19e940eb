import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PATHS } from '../../../local/studio/api.ts';
import type { EventPage, MappingsFileView, QuarantineView, ReplayView, SampleView, SaveView, SendView, TryView } from '../../../local/studio/api.ts';
import { versionOf } from '../../../local/studio/hot-mappings.ts';
import { endLeftovers, startLocalProcess } from '../../helpers/local-process.ts';
import type { LocalProcess } from '../../helpers/local-process.ts';
import { singleRequest, trackEvent } from '../../helpers/segment.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { rawRequest } from '../http/raw-request.ts';
import { MAPPING, mappingsText } from './studio-world.ts';

const TEST_MS = 120_000;
const DRAIN_MS = 60_000;
/** Asks for a member that the events of this test don't have. */
const WRONG = mappingsText({ ...MAPPING, mapping: { ...MAPPING.mapping, customer_id: { '@path': '$.context.company' } } });

const folder = temporaryFolder();
const mappingsPath = join(folder.path, 'mappings.json');
const environment = { BRIDGE_DATA: join(folder.path, 'data'), BRIDGE_MAPPINGS: mappingsPath, BRIDGE_BATCH_WINDOW_SECONDS: '0' };
let bridge: LocalProcess;
let token: string;

async function start(): Promise<void> {
  bridge = await startLocalProcess(environment);
  token = /studio-token" content="([^"]+)/.exec((await rawRequest(bridge.url)).body)?.[1] ?? '';
}

beforeAll(async () => {
  writeFileSync(mappingsPath, WRONG);
  await start();
}, TEST_MS);

afterAll(() => {
  endLeftovers();
  folder.remove();
});

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = { 'x-studio-token': token };
  const answer = await rawRequest(`${bridge.url}${path}`, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body) as T;
}

async function send(messageId: string): Promise<void> {
  await fetch(bridge.webhook, singleRequest(trackEvent(messageId)));
  await bridge.drained(DRAIN_MS);
}

async function latest(text: string) {
  return (await ask<EventPage>(`${PATHS.events}?text=${text}&limit=1`)).events[0];
}

function operatorVersion(): unknown {
  return (JSON.parse(readFileSync(join(folder.path, 'data/sandbox/operator.json'), 'utf8')) as Record<string, unknown>)['mappingsVersion'];
}

describe('the studio of npm start', () => {
  it('shows a quarantined event, tries and saves the mended mapping, delivers the next event by it, and replays the first', async () => {
    await send('first');
    expect(await latest('first')).toMatchObject({ fate: 'quarantined', reason: 'missing_field', field: 'customer_id' });
    const { total, groups } = await ask<QuarantineView>(PATHS.quarantine);
    expect(total).toBeGreaterThanOrEqual(1);
    const sample = groups[0]?.samples.find(({ messageId }) => messageId === 'first');
    expect(groups[0]).toMatchObject({ reason: 'missing_field', field: 'customer_id', count: total });

    const tried = await ask<TryView>(PATHS.try, { text: mappingsText(), event: sample?.raw });
    expect(tried).toMatchObject({ fate: 'delivered', savedFate: 'quarantined', mappings: [{ saved: { fault: { reason: 'missing_field' } } }] });

    const { version } = await ask<MappingsFileView>(PATHS.mappings);
    const saved = await ask<SaveView>(PATHS.save, { text: mappingsText(), baseVersion: version });
    expect(saved.kind).toBe('saved');
    expect(operatorVersion()).toBe(saved.kind === 'saved' ? saved.version : '');
    await send('second');
    expect(await latest('second')).toMatchObject({ fate: 'delivered', customer: 'customer-1' });

    const request = { reason: 'missing_field', field: 'customer_id' };
    const dryRun = await ask<ReplayView>(PATHS.replay, { ...request, dryRun: true });
    expect(dryRun).toEqual({ selected: total, wouldBe: { delivered: total, filtered: 0, quarantined: 0, refused: 0 }, queued: 0, notes: [] });
    expect((await bridge.state()).fates.quarantined).toBe(total);
    const replayed = await ask<ReplayView>(PATHS.replay, { ...request, dryRun: false });
    expect(replayed).toMatchObject({ selected: total, queued: total });
    await bridge.drained(DRAIN_MS);

    expect(await latest('first')).toMatchObject({ fate: 'delivered' });
    expect(await ask<QuarantineView>(PATHS.quarantine)).toEqual({ total: 0, groups: [] });
    expect((await bridge.state()).fates.quarantined).toBe(0);
  }, TEST_MS);

  it('counts before it replays what would not be delivered, and says why it stays', async () => {
    await fetch(bridge.webhook, singleRequest(trackEvent('third', { context: {} })));
    await fetch(bridge.webhook, singleRequest(trackEvent('fourth', { context: {}, event: 'other' })));
    await bridge.drained(DRAIN_MS);
    const { version } = await ask<MappingsFileView>(PATHS.mappings);
    const onlyOther = mappingsText({ ...MAPPING, trigger: 'type = "track" and event = "other"' });
    await ask<SaveView>(PATHS.save, { text: onlyOther, baseVersion: version });

    const view = await ask<ReplayView>(PATHS.replay, { dryRun: true });
    const none = await ask<ReplayView>(PATHS.replay, { reason: 'id_too_long', dryRun: true });

    expect(view).toEqual({ selected: 2, wouldBe: { delivered: 0, filtered: 1, quarantined: 1, refused: 0 }, queued: 0, notes: ['1 event would only be quarantined again, and is not sent.', expect.stringContaining('No mapping matches 1 event any more'), expect.stringContaining('did not come back')] });
    expect(none).toMatchObject({ selected: 0, queued: 0 });
    const refused = await rawRequest(`${bridge.url}${PATHS.replay}`, { method: 'POST', headers: { 'x-studio-token': token }, body: '{"reason":7}' });
    expect(refused.status).toBe(400);
  }, TEST_MS);

  it('takes a change by hand from the next batch on, and keeps what runs when the file is broken', async () => {
    const renamed = mappingsText({ ...MAPPING, name: 'by hand' });
    writeFileSync(mappingsPath, renamed);
    await send('by-hand-1');
    expect(await latest('by-hand-1')).toMatchObject({ fate: 'delivered', mappings: ['by hand'] });
    expect(operatorVersion()).toBe(versionOf(renamed));

    writeFileSync(mappingsPath, renamed.replace('"mappings"', '"mapings"'));
    await send('by-hand-2');

    expect(await latest('by-hand-2')).toMatchObject({ fate: 'delivered', mappings: ['by hand'] });
    const { notRunning, running } = await ask<MappingsFileView>(PATHS.mappings);
    expect(notRunning).toContain('mapings');
    expect(running).toBe(versionOf(renamed));
    expect(operatorVersion()).toBe(versionOf(renamed));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(bridge.output()).toContain('the mappings from before stay in use');
    writeFileSync(mappingsPath, renamed);
  }, TEST_MS);

  it('sends test webhooks to itself, and shows the answers of the table', async () => {
    const [sample] = await ask<readonly SampleView[]>(PATHS.samples);
    const answers = await Promise.all(['single', 'batch', 'bad_signature', 'oversize'].map((kind) => ask<SendView>(PATHS.send, { kind, event: sample?.event })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503, 413]);
    expect(answers[1]?.body).toBe('{"accepted":3}');
    await bridge.drained(DRAIN_MS);
  }, TEST_MS);

  it('begins after a restart with what the ledger holds', async () => {
    await bridge.end('SIGINT');
    await start();

    let event = await latest('second');
    for (let tries = 0; event === undefined && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      event = await latest('second');
    }

    expect(event).toMatchObject({ messageId: 'second', fate: 'delivered', name: 'api_call' });
    expect((await ask<EventPage>(PATHS.events)).events.every(({ seq }) => seq > 0)).toBe(true);
  }, TEST_MS);

  it('stops at once although a page is open', async () => {
    const controller = new AbortController();
    await fetch(`${bridge.url}${PATHS.stream}`, { headers: { 'x-studio-token': token }, signal: controller.signal });
    const started = performance.now();

    expect(await bridge.end('SIGINT')).toBe(0);

    expect(performance.now() - started).toBeLessThan(8_000);
    controller.abort();
  }, TEST_MS);
});
