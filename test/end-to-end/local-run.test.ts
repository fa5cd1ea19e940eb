import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';

import { endLeftovers, startLocalProcess } from '../helpers/local-process.ts';
import type { LocalProcess } from '../helpers/local-process.ts';
import { batchRequest, signature, singleRequest, trackEvent } from '../helpers/segment.ts';
import type { SegmentRequest } from '../helpers/segment.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const DRAIN_MS = 60_000;
const TEST_MS = 120_000;

interface Vector {
  readonly name: string;
  readonly secret: string | null;
  readonly request: SegmentRequest;
  readonly covers: 'whole body' | 'JSON of first array element only' | 'neither' | 'unsigned';
}

const VECTORS = JSON.parse(readFileSync(new URL('../fixtures/signatures.json', import.meta.url), 'utf8')) as Vector[];

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function post(url: string, { method, headers, body }: SegmentRequest): Promise<Answered> {
  const response = await fetch(url, { method, headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

interface Listed {
  readonly billed: number;
  readonly events: readonly { readonly transaction_id: string; readonly properties?: unknown }[];
}

async function listed(bridge: LocalProcess, transactionId: string): Promise<Listed> {
  const { sandbox } = await bridge.state();
  return (await (await fetch(`${sandbox?.events}?transaction_id=${encodeURIComponent(transactionId)}`)).json()) as Listed;
}

describe('npm start', () => {
  const folder = temporaryFolder();
  let bridge: LocalProcess;

  beforeAll(async () => {
    bridge = await startLocalProcess({ BRIDGE_DATA: folder.path });
  }, TEST_MS);

  afterAll(() => {
    endLeftovers();
    folder.remove();
  });

  it('shows one signed sample event delivered', () => {
    expect(bridge.output()).toMatch(/embedded Metronome sandbox/);
    expect(bridge.output()).toContain('Webhook\'s answer: 200 {"accepted":1}');
    expect(bridge.output()).toContain('"event_type": "Report Exported"');
    expect(bridge.output()).toContain('Fate: delivered');
  });

  it('bills single and batched events once each, however often they are sent', async () => {
    const before = await bridge.state();
    const single = singleRequest(trackEvent('single-1'));
    const batch = batchRequest([trackEvent('batch-1'), trackEvent('batch-2'), trackEvent('single-1')]);

    for (const request of [single, single, batch, batch]) expect((await post(bridge.webhook, request)).status).toBe(200);
    const state = await bridge.drained(DRAIN_MS);

    expect(state.fates.delivered - before.fates.delivered).toBe(8);
    expect((state.sandbox?.billed ?? 0) - (before.sandbox?.billed ?? 0)).toBe(3);
    for (const id of ['single-1', 'batch-1', 'batch-2']) expect((await listed(bridge, id)).events).toHaveLength(1);
  }, TEST_MS);

  it('gives each kind of event its fate', async () => {
    const before = await bridge.state();
    const events = [
      trackEvent('fate-delivered'),
      { type: 'page', messageId: 'fate-filtered' },
      trackEvent('fate-missing', { context: {} }),
      trackEvent('fate-old', { timestamp: '2020-01-01T00:00:00Z' }),
      [1, 2],
      null,
    ];

    expect(await post(bridge.webhook, batchRequest(events))).toEqual({ status: 200, body: { accepted: 6 } });
    const broken = '{"type":"track"';
    const headers = { 'x-signature': signature(broken, 'local-shared-secret'), 'content-type': 'application/json' };
    expect(await post(bridge.webhook, { method: 'POST', headers, body: broken })).toMatchObject({ status: 200 });
    const state = await bridge.drained(DRAIN_MS);

    expect(state.fates.delivered - before.fates.delivered).toBe(1);
    expect(state.fates.filtered - before.fates.filtered).toBe(1);
    expect(state.quarantine).toMatchObject({ missing_field: 1, timestamp_too_old: 1, not_an_event: 2, not_json: 1 });
  }, TEST_MS);

  it('answers 2,000 random bodies by the table and accounts for every one it took', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.array(fc.json(), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
      fc.json().map((json) => json.slice(0, -1)),
      fc.jsonValue().map((properties) => JSON.stringify(trackEvent('random', { properties }))),
    );
    const sender = fc.constantFrom('unsigned', 'signed', 'token', 'both', 'wrong', 'malformed');
    const samples = fc.sample(fc.tuple(text, sender), 2_000);
    const before = await bridge.state();
    let accepted = 0;

    for (let from = 0; from < samples.length; from += 20) {
      await Promise.all(
        samples.slice(from, from + 20).map(async ([body, by]) => {
          const answer = await post(bridge.webhook, { method: 'POST', headers: headersOf(body, by), body });
          expect(by === 'unsigned' || by === 'malformed' ? [401] : [200, 503]).toContain(answer.status);
          if (answer.status === 200) accepted += Number(answer.body['accepted']);
          else expect(answer.body).toMatchObject({ error: expect.any(String), message: expect.any(String) });
        }),
      );
    }
    const state = await bridge.drained(DRAIN_MS);

    expect(accepted).toBeGreaterThan(500);
    expect(state.accepted - before.accepted).toBe(accepted);
    expect(state.accepted).toBe(state.fates.delivered + state.fates.filtered + state.fates.quarantined);
    expect(Object.values(state.quarantine).reduce((sum, count) => sum + count, 0)).toBe(state.fates.quarantined);
    expect(state.queue).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
    expect(bridge.output()).not.toMatch(/unhandled|stopped on an error/i);
  }, TEST_MS);

  it.each([
    ['/api/state', 403],
    ['/', 403],
    // Not for good: it may be Segment through a tunnel, and somebody only has to set secrets.
    ['/segment', 503],
  ])('refuses whoever comes to %s by another name than this machine\'s with %i', async (path, status) => {
    // fetch sets the Host by itself, so this is the plain client.
    const request = get(`${bridge.url}${path}`, { headers: { host: 'evil.example', authorization: 'Bearer local-endpoint-token' } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();

    expect(response.statusCode).toBe(status);
  });

  it.each([
    ['/', 200],
    ['/segmentx', 404],
  ])('answers GET %s with %d', async (path, status) => {
    expect((await fetch(`${bridge.url}${path}`)).status).toBe(status);
  });
});

function headersOf(body: string, by: string): Record<string, string> {
  const plain = { 'content-type': 'application/json' };
  const token = { authorization: 'Bearer local-endpoint-token' };
  switch (by) {
    case 'signed':
      return { ...plain, 'x-signature': signature(Buffer.from(body), 'local-shared-secret') };
    case 'token':
      return { ...plain, ...token };
    case 'both':
      return { ...plain, ...token, 'x-signature': signature(Buffer.from(body), 'local-shared-secret') };
    case 'wrong':
      return { ...plain, 'x-signature': signature(Buffer.from(body), 'another secret') };
    case 'malformed':
      return { ...plain, 'x-signature': 'forged' };
    default:
      return plain;
  }
}

describe('Segment\'s own requests over HTTP', () => {
  const folder = temporaryFolder();

  afterAll(() => folder.remove());

  it.each(['s3cret', 'klíč'])('get the answers of the table, and the good ones arrive once: secret %s', async (secret) => {
    const mappingsPath = join(folder.path, 'mappings.json');
    writeFileSync(mappingsPath, mappingsForVectors());
    const data = join(folder.path, Buffer.from(secret).toString('hex'));
    const bridge = await startLocalProcess({ BRIDGE_DATA: data, BRIDGE_MAPPINGS: mappingsPath, SEGMENT_SHARED_SECRET: secret });
    try {
      const signedByUs = VECTORS.filter((vector) => vector.secret === secret || vector.secret === null || vector.secret === '');
      for (const { request, covers } of signedByUs) {
        const isBatch = request.body.startsWith('[');
        const expected = covers === 'unsigned' || covers === 'neither' ? 401 : isBatch ? 503 : 200;
        expect((await post(bridge.webhook, request)).status).toBe(expected);
        if (!isBatch || expected === 401) continue;
        const withToken = { ...request, headers: { ...request.headers, authorization: 'Bearer local-endpoint-token' } };
        expect((await post(bridge.webhook, withToken)).status).toBe(200);
      }
      const state = await bridge.drained(DRAIN_MS);

      const { events } = await listed(bridge, 'm1');
      expect(events).toHaveLength(1);
      expect(events[0]?.properties).toEqual(JSON.parse(VECTORS[0]?.request.body ?? '').properties);
      expect(state.accepted).toBe(state.fates.delivered + state.fates.filtered + state.fates.quarantined);
    } finally {
      await bridge.end('SIGKILL');
    }
  }, TEST_MS);
});

/** The vectors' events have no timestamp and no group, so those are constants here. */
function mappingsForVectors(): string {
  const mapping = {
    transaction_id: { '@path': '$.messageId' },
    customer_id: 'customer-1',
    timestamp: new Date().toISOString(),
    event_type: { '@path': '$.event' },
    properties: { '@path': '$.properties' },
  };
  return JSON.stringify({ mappings: [{ name: 'vectors', trigger: 'type = "track"', mapping, acknowledge: ['constant-timestamp', 'constant-customer-id'] }] });
}
