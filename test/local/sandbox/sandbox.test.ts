import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox } from '../../../local/sandbox/sandbox.ts';
import type { Sandbox } from '../../../local/sandbox/sandbox.ts';
import { rawRequest } from '../http/raw-request.ts';

const TOKEN = 'sandbox-token';
const NOW = Date.parse('2026-09-14T08:15:30.250Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = DAY_MS / 24;

let sandbox: Sandbox;
let folder: string;
let now = NOW;

beforeEach(async () => {
  now = NOW;
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  sandbox = await start();
});

afterEach(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

function start(databasePath = join(folder, 'metronome.db')): Promise<Sandbox> {
  return startSandbox({ token: TOKEN, databasePath, now: () => now });
}

function usageEvent(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    transaction_id: 'm-1',
    customer_id: 'acct-1',
    event_type: 'export_finished',
    timestamp: iso(NOW),
    properties: { rows: '12' },
    ...changes,
  };
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}

async function post(body: unknown, path = '/v1/ingest'): Promise<{ readonly status: number; readonly body: string }> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  return rawRequest(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: isRaw ? body : JSON.stringify(body),
  });
}

async function search(...transactionIds: readonly string[]): Promise<unknown> {
  return JSON.parse((await post({ transactionIds }, '/v1/events/search')).body);
}

async function list(query = ''): Promise<{ readonly ids: readonly string[]; readonly next: string | null; readonly text: string }> {
  const { body: text } = await rawRequest(`${sandbox.url}/events${query}`);
  const { events, next } = JSON.parse(text);
  return { ids: events.map((event: { readonly transaction_id: string }) => event.transaction_id), next, text };
}

describe('POST /v1/ingest', () => {
  it.each([
    ['one event', [usageEvent()]],
    ['no properties', [usageEvent({ properties: undefined })]],
    ['numbers, nesting and null in properties', [usageEvent({ properties: { n: 1.5, deep: { a: [null, true] } } })]],
    ['2,000 properties', [usageEvent({ properties: Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`p${n}`, n])) })]],
    ['an id of 128 characters', [usageEvent({ transaction_id: 'x'.repeat(128) })]],
    ['an id of 128 characters outside the basic plane', [usageEvent({ transaction_id: '🜁'.repeat(128) })]],
    ['a further top-level field', [usageEvent({ source: 'segment' })]],
    ['a timestamp just inside 34 days', [usageEvent({ timestamp: iso(NOW - 34 * DAY_MS) })]],
    ['a timestamp just inside 24 hours ahead', [usageEvent({ timestamp: iso(NOW + DAY_MS) })]],
    ['an offset', [usageEvent({ timestamp: '2026-09-14T10:15:30+02:00' })]],
    ['100 events', Array.from({ length: 100 }, (_, n) => usageEvent({ transaction_id: `m-${n}` }))],
  ])('accepts %s', async (_, events) => {
    const answer = await post(events);

    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(sandbox.billed()).toBe(events.length);
  });

  it.each([
    ['an empty body', '', 'not valid JSON'],
    ['what is not JSON', '[{', 'not valid JSON'],
    ['what is not UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 'not UTF-8'],
    ['a byte order mark', '\uFEFF[]', 'not valid JSON'],
    ['an object', { usage: [usageEvent()] }, 'bare JSON array'],
    ['an empty array', [], 'empty array'],
    ['101 events', Array.from({ length: 101 }, (_, n) => usageEvent({ transaction_id: `m-${n}` })), '101 events'],
  ])('refuses a request with %s', async (_, body, message) => {
    const answer = await post(body);

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).message).toContain(message);
  });

  it.each([
    ['a string', 'event', 'events[1] must be an object; it is a string.'],
    ['null', null, 'events[1] must be an object; it is null.'],
    ['no transaction_id', usageEvent({ transaction_id: undefined }), 'events[1].transaction_id must be a string; it is missing.'],
    ['a number as transaction_id', usageEvent({ transaction_id: 7 }), 'events[1].transaction_id must be a string; it is a number.'],
    ['an empty transaction_id', usageEvent({ transaction_id: '' }), 'events[1].transaction_id is empty.'],
    ['a long transaction_id', usageEvent({ transaction_id: 'x'.repeat(129) }), 'events[1].transaction_id has 129 characters'],
    ['null as customer_id', usageEvent({ customer_id: null }), 'events[1].customer_id must be a string; it is null.'],
    ['an empty customer_id', usageEvent({ customer_id: '' }), 'events[1].customer_id is empty.'],
    ['an object as event_type', usageEvent({ event_type: {} }), 'events[1].event_type must be a string; it is an object.'],
    ['an empty event_type', usageEvent({ event_type: '' }), 'events[1].event_type is empty.'],
    ['epoch milliseconds', usageEvent({ timestamp: NOW }), 'events[1].timestamp must be a string; it is a number.'],
    ['a timestamp without zone', usageEvent({ timestamp: '2026-09-14T08:15:30' }), 'is not an RFC 3339 time'],
    ['a day that does not exist', usageEvent({ timestamp: '2026-09-31T08:15:30Z' }), 'is not an RFC 3339 time'],
    ['a timestamp over 34 days back', usageEvent({ timestamp: iso(NOW - 34 * DAY_MS - 1) }), 'is older than 34 days'],
    ['a timestamp over 24 hours ahead', usageEvent({ timestamp: iso(NOW + DAY_MS + 1) }), 'more than 24 hours ahead'],
    ['null as properties', usageEvent({ properties: null }), 'events[1].properties must be an object; it is null.'],
    ['an array as properties', usageEvent({ properties: [] }), 'events[1].properties must be an object; it is an array.'],
    [
      '2,001 properties',
      usageEvent({ properties: Object.fromEntries(Array.from({ length: 2_001 }, (__, n) => [`p${n}`, n])) }),
      'events[1].properties has 2001 properties',
    ],
  ])('refuses the whole request for %s', async (_, badEvent, message) => {
    const answer = await post([usageEvent({ transaction_id: 'good-before' }), badEvent, usageEvent({ transaction_id: 'good-after' })]);

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).message).toContain(message);
    expect(sandbox.billed()).toBe(0);
    expect(sandbox.find(['good-before', 'good-after'])).toEqual([]);
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer other' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('answers 403 to %s', async (_, headers) => {
    const answer = await rawRequest(`${sandbox.url}/v1/ingest`, { method: 'POST', headers, body: JSON.stringify([usageEvent()]) });

    expect(answer).toMatchObject({ status: 403, body: '{"message":"Unauthorized"}' });
    expect(sandbox.billed()).toBe(0);
  });

  it('answers 400 to an empty array with the right token, the usual probe of credentials', async () => {
    expect((await post([])).status).toBe(400);
  });

  it('answers 413 to a body over 10 MB', async () => {
    const answer = await post(' '.repeat(10 * 1024 * 1024 + 1));

    expect(answer.status).toBe(413);
  });

  it('keeps the JSON text of an event as it came', async () => {
    const rawEvent = `{"transaction_id":"m-\\u0031", "customer_id" : "a,}]\\"b", "event_type":"e","timestamp":"${iso(NOW)}", "properties":{"big":12345678901234567890,"e":1E2}}`;

    await post(`[ ${rawEvent} ,\n${JSON.stringify(usageEvent({ transaction_id: 'm-2' }))}]`);

    expect(sandbox.find(['m-1', 'm-2']).map((event) => event.rawEvent)).toEqual([rawEvent, JSON.stringify(usageEvent({ transaction_id: 'm-2' }))]);
  });
});

describe('de-duplication', () => {
  it('keeps the first of two events with one id, in one request and in two', async () => {
    const first = usageEvent({ properties: { rows: '1' } });
    const second = usageEvent({ properties: { rows: '2' } });

    await post([first, second]);
    const again = await post([second]);

    expect(again.status).toBe(200);
    expect([sandbox.billed(), sandbox.duplicates()]).toEqual([1, 2]);
    expect(sandbox.find(['m-1'])[0]?.rawEvent).toBe(JSON.stringify(first));
  });

  it('tells ids apart by every character', async () => {
    await post(String.raw`[${['a', 'A', 'a ', String.raw`\u0000a`, String.raw`\ud800`, String.raw`\ud801`]
      .map((id) => JSON.stringify(usageEvent()).replace('m-1', () => id))
      .join(',')}]`);

    expect([sandbox.billed(), sandbox.duplicates()]).toEqual([6, 0]);
  });

  it('forgets an id 34 days after its acceptance, and not before', async () => {
    const stamped = (): readonly unknown[] => [usageEvent({ timestamp: iso(now) })];
    await post(stamped());

    now = NOW + 34 * DAY_MS - 1;
    await post(stamped());
    expect([sandbox.billed(), sandbox.duplicates()]).toEqual([1, 1]);

    now = NOW + 34 * DAY_MS;
    await post(stamped());
    expect([sandbox.billed(), sandbox.duplicates()]).toEqual([2, 1]);
  });

  it('does not count a refused event as accepted', async () => {
    await post([usageEvent({ customer_id: '' })]);
    await post([usageEvent()]);

    expect([sandbox.billed(), sandbox.duplicates()]).toEqual([1, 0]);
  });

  it('survives a restart', async () => {
    await post([usageEvent(), usageEvent()]);
    await sandbox.stop();
    sandbox = await start();

    await post([usageEvent()]);

    expect([sandbox.billed(), sandbox.duplicates()]).toEqual([1, 2]);
  });

  it('survives a killed process', async () => {
    const databasePath = join(folder, 'killed.db');
    const script = fileURLToPath(new URL('sandbox-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, databasePath, TOKEN], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    const headers = { authorization: `Bearer ${TOKEN}` };
    const body = JSON.stringify([usageEvent({ timestamp: iso(Date.now()) })]);
    const answer = await rawRequest(`${String(line).trim()}/v1/ingest`, { method: 'POST', headers, body });
    child.kill('SIGKILL');
    await once(child, 'exit');

    now = Date.now();
    const revived = await start(databasePath);
    expect(answer.status).toBe(200);
    expect(revived.billed()).toBe(1);
    expect(revived.find(['m-1'])).toHaveLength(1);
    await revived.stop();
  });

  it('takes 10,000 events in a few seconds', async () => {
    const began = performance.now();
    for (let request = 0; request < 100; request += 1) {
      await post(Array.from({ length: 100 }, (_, n) => usageEvent({ transaction_id: `${request}-${n}` })));
    }

    expect(sandbox.billed()).toBe(10_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('POST /v1/events/search', () => {
  it('answers the documented fields, and leaves unknown ids out', async () => {
    await post([usageEvent()]);
    now = NOW + HOUR_MS;

    expect(await search('unknown', 'm-1')).toEqual([
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/), ...usageEvent(), processed_at: iso(NOW), is_duplicate: false },
    ]);
  });

  it('knows an event for 34 days', async () => {
    await post([usageEvent()]);
    now = NOW + 34 * DAY_MS;

    expect(await search('m-1')).toEqual([]);
  });

  it.each([[[]], [{}], [{ transactionIds: 'm-1' }], [{ transactionIds: [1] }], ['{']])('refuses %j', async (body) => {
    expect((await post(body, '/v1/events/search')).status).toBe(400);
  });

  it('wants the token', async () => {
    const answer = await rawRequest(`${sandbox.url}/v1/events/search`, { method: 'POST', body: '{"transactionIds":[]}' });

    expect(answer).toMatchObject({ status: 403, body: '{"message":"Unauthorized"}' });
  });
});

describe('GET /events', () => {
  it('pages through what was accepted, newest first', async () => {
    await post(['a', 'b', 'c', 'd'].map((id) => usageEvent({ transaction_id: id })));

    const first = await list('?limit=2');
    const second = await list(`?limit=2&after=${first.next}`);

    expect(first).toMatchObject({ ids: ['d', 'c'], next: expect.any(String) });
    expect(second).toMatchObject({ ids: ['b', 'a'], next: null });
  });

  it('finds one id', async () => {
    await post(['a', 'b&c'].map((id) => usageEvent({ transaction_id: id })));

    expect((await list(`?transaction_id=${encodeURIComponent('b&c')}`)).ids).toEqual(['b&c']);
    expect((await list('?transaction_id=none')).ids).toEqual([]);
  });

  it('shows counts, fields, and properties digit for digit', async () => {
    const event = JSON.stringify(usageEvent({ properties: 'HERE' })).replace('"HERE"', '{"n": 0.1234567890123456789, "k":12345678901234567890}');
    await post(`[${event},${event}]`);

    const { text } = await list();

    expect(text).toContain('"properties":{"n": 0.1234567890123456789, "k":12345678901234567890}');
    expect(JSON.parse(text)).toMatchObject({
      billed: 1,
      duplicates: 1,
      events: [{ transaction_id: 'm-1', customer_id: 'acct-1', timestamp: iso(NOW), event_type: 'export_finished', accepted_at: iso(NOW) }],
      next: null,
    });
  });

  it.each(['?limit=0', '?limit=1001', '?limit=x', '?after=x', '?after='])('refuses %s', async (query) => {
    expect((await rawRequest(`${sandbox.url}/events${query}`)).status).toBe(400);
  });
});

describe('routing', () => {
  it.each([
    ['GET', '/v1/ingest', 405],
    ['PUT', '/v1/events/search', 405],
    ['POST', '/events', 405],
    ['POST', '/v1/ingest/', 404],
    ['GET', '/', 404],
    ['GET', '/toString', 404],
    ['POST', '/v1/ingest?x=1', 400],
  ])('%s %s is %i', async (method, path, status) => {
    const answer = await rawRequest(`${sandbox.url}${path}`, { method, headers: { authorization: `Bearer ${TOKEN}` } });

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
  });

  it.each([
    ['127.0.0.1', 200],
    ['localhost:4000', 200],
    ['LOCALHOST', 200],
    ['[::1]:4000', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:80', 403],
    ['user@localhost', 403],
  ])('a request for host "%s" is %i', async (host, status) => {
    expect((await rawRequest(`${sandbox.url}/events`, { headers: { host } })).status).toBe(status);
  });

  it('refuses a foreign host on POST before looking at the token', async () => {
    const headers = { host: 'evil.example', authorization: `Bearer ${TOKEN}` };
    const answer = await rawRequest(`${sandbox.url}/v1/ingest`, { method: 'POST', headers, body: JSON.stringify([usageEvent()]) });

    expect(answer.status).toBe(403);
    expect(sandbox.billed()).toBe(0);
  });
});

describe('startSandbox', () => {
  it('says which file it could not open', async () => {
    await expect(start(folder)).rejects.toThrow(folder);
  });

  it('passes on that the port is taken', async () => {
    const second = startSandbox({ token: TOKEN, databasePath: ':memory:', port: sandbox.port });

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
