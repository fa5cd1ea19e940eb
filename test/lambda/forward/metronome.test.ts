import { afterEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createMetronomeClient, retryAfterMs } from '../../../lambda/forward/metronome.ts';
import type { MetronomeClient } from '../../../lambda/forward/metronome.ts';
import { refusal, startMetronomeStandIn, TAKEN } from '../../helpers/metronome-stand-in.ts';
import type { Behaviour, Decide, MetronomeStandIn } from '../../helpers/metronome-stand-in.ts';
import { NOW } from './factories.ts';

const BODY = JSON.stringify([{ transaction_id: 'a' }]);
const SOON_MS = 100;
const LONG_MS = 10_000;

const started: { stop(): void | Promise<void> }[] = [];

afterEach(async () => {
  for (const { stop } of started.splice(0)) await stop();
});

async function start(decide?: Decide): Promise<{ metronome: MetronomeStandIn; client: MetronomeClient }> {
  const metronome = await startMetronomeStandIn(decide);
  const client = createMetronomeClient({ baseUrl: metronome.url, userAgent: 'bridge/1', now: () => NOW });
  started.push({ stop: () => client.close() }, metronome);
  return { metronome, client };
}

/** What comes back for one request. */
async function resultOf(behaviour: Behaviour, timeoutMs = LONG_MS) {
  const { client } = await start(() => behaviour);
  return client.ingest(BODY, 'token', timeoutMs);
}

const raw = (...lines: string[]): Behaviour => ({ kind: 'raw', bytes: `${lines.join('\r\n')}\r\n\r\n` });

describe('ingest', () => {
  it('posts the body as it is, with the token, and without an idempotency key', async () => {
    const body = '[{"transaction_id":"ä","properties":{"n":12345678901234567890}}]';
    const { metronome, client } = await start();

    await client.ingest(body, 'the-token', LONG_MS);

    const [request] = metronome.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/v1/ingest', body });
    expect(request?.headers).toMatchObject({ authorization: 'Bearer the-token', 'content-type': 'application/json', 'user-agent': 'bridge/1' });
    expect(Object.keys(request?.headers ?? {})).not.toContain('idempotency-key');
  });

  it.each<[string, Behaviour, object]>([
    ['200 without a body', TAKEN, { status: 200, message: '', hasBody: false }],
    ['200 with a body', { kind: 'answer', status: 200, body: '{"errors":[]}' }, { status: 200, message: '{"errors":[]}', hasBody: true }],
    ['200 with white space', { kind: 'answer', status: 200, body: ' \n' }, { status: 200, hasBody: false }],
    ['204', { kind: 'answer', status: 204 }, { status: 204, hasBody: false }],
    ['a refusal', refusal(400, 'transaction_id: too long'), { status: 400, message: 'transaction_id: too long', hasBody: true }],
    ['an HTML page', { kind: 'answer', status: 502, body: '<html>bad</html>' }, { status: 502, message: '<html>bad</html>' }],
    ['JSON without a message', { kind: 'answer', status: 400, body: '{"error":1}' }, { status: 400, message: '{"error":1}' }],
    ['a message that is no text', { kind: 'answer', status: 400, body: '{"message":{"a":1}}' }, { status: 400, message: '{"message":{"a":1}}' }],
    ['JSON that is no object', { kind: 'answer', status: 400, body: 'null' }, { status: 400, message: 'null' }],
    ['a redirect, not followed', { kind: 'answer', status: 307, headers: { location: 'http://127.0.0.1:1/v1/ingest' } }, { status: 307 }],
    ['no Retry-After', refusal(429), { status: 429, retryAfterMs: undefined }],
    ['Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '7' } }, { status: 429, retryAfterMs: 7_000 }],
    ['early hints before the answer', raw('HTTP/1.1 103 Early Hints', '', 'HTTP/1.1 200 OK', 'content-length: 0'), { status: 200 }],
    ['an answer that ends with its connection', { kind: 'answer', status: 503, headers: { connection: 'close' }, body: 'down' }, { status: 503, message: 'down' }],
  ])('tells of %s', async (_, behaviour, expected) => {
    await expect(resultOf(behaviour)).resolves.toMatchObject({ kind: 'answer', ...expected });
  });

  it.each<[string, Behaviour, string]>([
    ['no answer at all', { kind: 'hang' }, 'TIMEOUT'],
    ['an answer whose body stalls', { kind: 'stall', status: 200, body: '{"mess' }, 'TIMEOUT'],
    ['a head that stalls', { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\ncontent-le' }, 'TIMEOUT'],
    ['early hints and then nothing', raw('HTTP/1.1 103 Early Hints'), 'TIMEOUT'],
  ])('gives up after the timeout on %s', async (_, behaviour, code) => {
    await expect(resultOf(behaviour, SOON_MS)).resolves.toEqual({ kind: 'no_answer', code });
  });

  it.each<[string, Behaviour]>([
    ['is cut before anything was stored', { kind: 'cut', stores: false }],
    ['is cut after everything was stored', { kind: 'cut', stores: true }],
    ['does not speak HTTP', { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.6\r\n' }],
    ['switches protocols', raw('HTTP/1.1 101 Switching Protocols', 'connection: upgrade', 'upgrade: websocket')],
    ['announces more than it sends', { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\ntransfer-encoding: chunked\r\n\r\nzz' }],
  ])('has no answer when the connection %s', async (_, behaviour) => {
    await expect(resultOf(behaviour, 2_000)).resolves.toMatchObject({ kind: 'no_answer', code: expect.any(String) });
  });

  it('has no answer when nobody listens', async () => {
    const { metronome, client } = await start();
    await metronome.stop();
    started.splice(0);

    await expect(client.ingest(BODY, 'token', LONG_MS)).resolves.toEqual({ kind: 'no_answer', code: 'ECONNREFUSED' });
  });

  it.each([0, -5, 0.4])('takes a time left of %d ms for next to none, and does not throw', async (timeoutMs) => {
    await expect(resultOf({ kind: 'hang' }, timeoutMs)).resolves.toEqual({ kind: 'no_answer', code: 'TIMEOUT' });
  });

  it.each([200, 400])('reads only the start of a huge answer with %i, and still knows its status', async (status) => {
    const result = await resultOf({ kind: 'answer', status, body: 'x'.repeat(20_000_000) });

    expect(result).toMatchObject({ kind: 'answer', status, hasBody: true });
    expect(result).toHaveProperty('message', 'x'.repeat(4096));
  });

  it('does not wait for the rest of an answer that says enough', async () => {
    await expect(resultOf({ kind: 'stall', status: 400, body: 'x'.repeat(5_000) })).resolves.toMatchObject({ kind: 'answer', status: 400 });
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { client } = await start();
    const before = timers();

    for (let count = 0; count < 30; count += 1) await client.ingest(BODY, 'token', LONG_MS);

    expect(timers() - before).toBeLessThan(10);
  });

  it.each(['bad\ntoken', 'bad\r\nx-injected: 1', 'tok\u0000en', 'tökèn→', 'with a space', ''])('sends nothing with the token %j, and says that it is the token', async (token) => {
    const { metronome, client } = await start();

    await expect(client.ingest(BODY, token, LONG_MS)).resolves.toEqual({ kind: 'unusable_token' });
    expect(metronome.requests).toEqual([]);
  });

  it('never throws for a token, whatever it holds', async () => {
    const { client } = await start();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (token) => {
        expect(['answer', 'unusable_token']).toContain((await client.ingest(BODY, token, LONG_MS)).kind);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps its connection for the next request', async () => {
    const { metronome, client } = await start((_, index) => (index === 1 ? refusal(400) : TAKEN));

    for (let count = 0; count < 3; count += 1) await client.ingest(BODY, 'token', LONG_MS);

    expect(metronome.requests.map(({ connection }) => connection)).toEqual([0, 0, 0]);
  });

  it('leaves a kept connection alone when the time of an earlier request runs out', async () => {
    let answerSecond: ((behaviour: Behaviour) => void) | undefined;
    const { metronome, client } = await start((_, index) => (index === 0 ? TAKEN : new Promise((resolve) => { answerSecond = resolve; })));

    await client.ingest(BODY, 'token', SOON_MS);
    const second = client.ingest(BODY, 'token', LONG_MS);
    await new Promise((resolve) => AbortSignal.timeout(2 * SOON_MS).addEventListener('abort', resolve));
    answerSecond?.(TAKEN);

    await expect(second).resolves.toMatchObject({ kind: 'answer', status: 200 });
    expect(metronome.requests.map(({ connection }) => connection)).toEqual([0, 0]);
  });

  it('answers each of several requests at once with its own', async () => {
    const { client } = await start(({ events }) => refusal(400, String(events[0]?.['transaction_id'])));
    const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`);

    const results = await Promise.all(ids.map((id) => client.ingest(JSON.stringify([{ transaction_id: id }]), 'token', LONG_MS)));

    expect(results.map((result) => (result.kind === 'answer' ? result.message : result.kind))).toEqual(ids);
  });
});

describe('retryAfterMs', () => {
  it.each([
    [undefined, undefined],
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Mon, 01 Jun 2026 12:00:30 GMT', 30_000],
    ['Mon, 01 Jun 2026 11:00:00 GMT', 0],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['soon', undefined],
    ['in 5 minutes', undefined],
    ['2026-06-01T12:00:30Z', undefined],
    ['9'.repeat(400), undefined],
    ['NaN', undefined],
  ])('%j is %j', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });

  it('is never negative and always finite', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const wait = retryAfterMs(header, NOW) ?? 0;
        expect(Number.isFinite(wait) && wait >= 0).toBe(true);
      }),
    );
  });
});
