import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { Answer } from '../../../lambda/ingest/answer.ts';
import { ingest } from '../../../lambda/ingest/ingest.ts';
import type { IngestDeps, WebhookRequest } from '../../../lambda/ingest/ingest.ts';
import { INGEST_MAX_BODY_BYTES } from '../../../lambda/limits.ts';
import type { LiveSecret, SecretSource } from '../../../lambda/secrets.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { signature } from '../../helpers/segment.ts';

const SECRET = 'shared-secret';
const TOKEN = 'endpoint-token';
const EVENT = '{"type":"track","messageId":"m1"}';
const OTHER = '{"type":"track","messageId":"m2"}';
const BATCH = `[${EVENT},${OTHER}]`;

interface SecretFixture extends SecretSource {
  rereads: number;
}

/** A secret as it is cached, and as a forced read finds it. */
function secret(cached: readonly LiveSecret[], rotated: readonly LiveSecret[] = cached): SecretFixture {
  let live = cached;
  const source: SecretFixture = {
    rereads: 0,
    read: async () => live,
    reread: async () => {
      source.rereads += 1;
      live = rotated;
      return live;
    },
  };
  return source;
}

const current = (value: string): LiveSecret => ({ value, stage: 'AWSCURRENT' });
const previous = (value: string): LiveSecret => ({ value, stage: 'AWSPREVIOUS' });
const UNREADABLE: SecretSource = { read: () => Promise.reject(new Error('throttled')), reread: () => Promise.reject(new Error('throttled')) };

interface Fixture {
  readonly deps: IngestDeps;
  readonly stored: string[];
  readonly telemetry: ReturnType<typeof recordingTelemetry>;
  readonly segment: SecretFixture;
  readonly endpointToken: SecretFixture;
}

function fixture(options: { segment?: SecretFixture; endpointToken?: SecretFixture; failing?: number } = {}): Fixture {
  const { segment = secret([current(SECRET)]), endpointToken = secret([current(TOKEN)]), failing = 0 } = options;
  const stored: string[] = [];
  const telemetry = recordingTelemetry();
  const store: IngestDeps['store'] = async (events) => {
    const kept = events.slice(0, events.length - failing);
    stored.push(...kept.map(String));
    return { stored: kept.map((_, index) => `id-${index}`), failed: failing };
  };
  return { deps: { secrets: { segment, endpointToken }, store, telemetry }, stored, telemetry, segment, endpointToken };
}

interface Shown {
  readonly method?: string;
  readonly signature?: string | undefined;
  readonly authorization?: string | undefined;
}

function request(body: string | Buffer, { method = 'POST', signature: given, authorization }: Shown = {}): WebhookRequest {
  return { requestId: 'r1', deadline: Number.POSITIVE_INFINITY, method, credentials: { signature: given, authorization }, body: Buffer.from(body) };
}

const signed = (bytes: string, key = SECRET): { signature: string } => ({ signature: signature(bytes, key) });
const BEARER = { authorization: `Bearer ${TOKEN}` };
const WRONG_BEARER = { authorization: 'Bearer other' };

describe('ingest', () => {
  it.each<[string, WebhookRequest, number, string[]]>([
    ['GET', request('', { method: 'GET', ...BEARER }), 405, []],
    ['DELETE', request(EVENT, { method: 'DELETE', ...signed(EVENT) }), 405, []],
    ['PUT', request(EVENT, { method: 'PUT', ...signed(EVENT) }), 200, [EVENT]],
    ['PATCH', request(EVENT, { method: 'PATCH', ...signed(EVENT) }), 200, [EVENT]],
    ['no credential', request(EVENT), 401, []],
    ['only a signature of a wrong form', request(EVENT, { signature: 'forged' }), 401, []],
    ['a body over the limit with a right token', request(Buffer.alloc(INGEST_MAX_BODY_BYTES + 1, '1'), BEARER), 413, []],
    ['a body over the limit with no credential', request(Buffer.alloc(INGEST_MAX_BODY_BYTES + 1, '1')), 401, []],
    ['one event over 1 MiB', request(`"${'x'.repeat(1_048_576)}"`, BEARER), 413, []],
    ['one event over 1 MiB within a batch', request(`[1,"${'x'.repeat(1_048_576)}"]`, BEARER), 413, []],
    ['a signed single event', request(EVENT, signed(EVENT)), 200, [EVENT]],
    ['a single event with a right token', request(EVENT, BEARER), 200, [EVENT]],
    ['a single event with both', request(EVENT, { ...signed(EVENT), ...BEARER }), 200, [EVENT]],
    ['a signed single event beside a wrong token', request(EVENT, { ...signed(EVENT), ...WRONG_BEARER }), 200, [EVENT]],
    ['a signed single event beside another kind of authorization', request(EVENT, { ...signed(EVENT), authorization: 'Basic abc' }), 200, [EVENT]],
    ['a single event, wrong signature', request(EVENT, signed(EVENT, 'other')), 503, []],
    ['a single event, wrong token', request(EVENT, WRONG_BEARER), 503, []],
    ['a single event, the token without "Bearer"', request(EVENT, { authorization: TOKEN }), 503, []],
    ['a single event, wrong signature and right token', request(EVENT, { ...signed(EVENT, 'other'), ...BEARER }), 503, []],
    ['a single event, malformed signature and right token', request(EVENT, { signature: 'forged', ...BEARER }), 503, []],
    ['a batch with a right token', request(BATCH, BEARER), 200, [EVENT, OTHER]],
    ['a batch with both', request(BATCH, { ...signed(EVENT), ...BEARER }), 200, [EVENT, OTHER]],
    ['a batch of one with both', request(`[${EVENT}]`, { ...signed(EVENT), ...BEARER }), 200, [EVENT]],
    ['a batch with the token in other letters', request(BATCH, { authorization: `bearer ${TOKEN}` }), 200, [EVENT, OTHER]],
    ['a batch, only its first item signed', request(BATCH, signed(EVENT)), 503, []],
    ['a batch, its first item signed, a wrong token', request(BATCH, { ...signed(EVENT), ...WRONG_BEARER }), 503, []],
    ['a batch signed whole, as no sender does', request(BATCH, signed(BATCH)), 503, []],
    ['a batch signed whole, with a right token', request(BATCH, { ...signed(BATCH), ...BEARER }), 503, []],
    ['a batch, its second item signed', request(BATCH, signed(OTHER)), 503, []],
    ['a batch, wrong token', request(BATCH, WRONG_BEARER), 503, []],
    ['a single event hidden behind a space before a batch', request(` ${BATCH}`, signed(EVENT)), 503, []],
    ['an empty batch with a right token', request('[]', BEARER), 200, []],
    ['an empty batch, signed', request('[]', signed('[]')), 200, []],
    ['an empty batch with spaces in it, signed', request(' [ ]\n', signed(' [ ]\n')), 200, []],
    ['an empty batch, signed, beside a wrong token', request('[]', { ...signed('[]'), ...WRONG_BEARER }), 200, []],
    ['an empty batch, wrong signature', request('[]', signed('[]', 'other')), 503, []],
    ['an empty batch, wrong signature and right token', request('[]', { ...signed('[]', 'other'), ...BEARER }), 503, []],
    ['an empty batch, signed as another text', request('[]', signed('')), 503, []],
    ['a batch with the signature of an empty one', request(BATCH, signed('[]')), 503, []],
    ['an array that never ends, signed whole', request('[', signed('[')), 503, []],
    ['no JSON, signed', request('hello', signed('hello')), 200, ['hello']],
    ['an empty body, signed', request('', signed('')), 200, ['']],
    ['null, signed', request('null', signed('null')), 200, ['null']],
    ['an array that cannot be split', request(`[${EVENT}`, BEARER), 200, [`[${EVENT}`]],
    ['an array that cannot be split, its start signed', request(`[${EVENT},`, { ...signed(EVENT), ...BEARER }), 200, [`[${EVENT},`]],
    ['an array with an element that is not JSON', request(`[${EVENT},{oops}]`, BEARER), 200, [EVENT, '{oops}']],
  ])('answers %s by the table', async (_, given, status, expected) => {
    const { deps, stored } = fixture();

    const answer = await ingest(given, deps);

    expect(answer.status).toBe(status);
    expect(stored).toEqual(expected);
    if (status === 200) expect(answer.body).toEqual({ accepted: expected.length });
    else expect(answer.body).toMatchObject({ error: expect.any(String), message: expect.any(String) });
  });

  it.each([
    ['signed', signed('[]')],
    ['with the token', BEARER],
    ['with secrets that are about to go', { ...signed('[]', 'old'), authorization: 'Bearer old' }],
  ])('leaves no trace of an empty batch, %s: nothing arrived', async (_, shown) => {
    const both = { segment: secret([current(SECRET), previous('old')]), endpointToken: secret([current(TOKEN), previous('old')]) };
    const { deps, telemetry } = fixture(both);

    const answer = await ingest(request('[]', shown), { ...deps, store: () => Promise.reject(new TypeError('nothing to store')) });

    expect(answer).toEqual({ status: 200, body: { accepted: 0 } });
    expect([...telemetry.counts]).toEqual([]);
    expect(telemetry.lines).toEqual([]);
  });

  it('counts an empty batch of a wrong sender like any other', async () => {
    const { deps, telemetry } = fixture();

    await ingest(request('[]', signed('[]', 'other')), deps);

    expect([...telemetry.counts]).toEqual([['CredentialMismatch', 1]]);
  });

  it('names the methods it takes', async () => {
    const answer = await ingest(request('', { method: 'GET' }), fixture().deps);

    expect(answer.headers).toEqual({ allow: 'POST, PUT, PATCH' });
  });

  it.each<[string, WebhookRequest, string, RegExp]>([
    ['no credential', request(EVENT), 'NoCredential', /Authorization: Bearer/],
    ['too large a body', request(Buffer.alloc(INGEST_MAX_BODY_BYTES + 1, '1'), BEARER), 'TooLarge', /The body has 5500001 bytes/],
    ['too large an array to be kept whole', request(`[1,"${'x'.repeat(1_048_576)}"`, BEARER), 'TooLarge', /can't be split into events/],
    ['too large an event, naming it', request(`[1,"${'x'.repeat(1_048_576)}"]`, BEARER), 'TooLarge', /Event 2 of the request is over 1 MiB/],
  ])('counts and logs what Segment will drop for good: %s', async (_, given, metric, message) => {
    const { deps, telemetry } = fixture();

    const answer = await ingest(given, deps);

    expect(answer.body).toMatchObject({ message: expect.stringMatching(message) });
    expect(telemetry.counts.get(metric)).toBe(1);
    expect(telemetry.lines).toEqual([{ level: 'warn', event: 'webhook_refused_for_good', fields: { requestId: 'r1', status: answer.status, bytes: given.body.length } }]);
  });

  it('says in a batch without a token what to add, and counts it', async () => {
    const { deps, telemetry } = fixture();

    const answer = await ingest(request(BATCH, signed(EVENT)), deps);

    expect(answer.body).toMatchObject({ error: 'batch_needs_token', message: expect.stringContaining('Authorization: Bearer') });
    expect(telemetry.counts.get('BatchWithoutToken')).toBe(1);
  });

  it('counts a mismatch and says what was wrong, never what was shown', async () => {
    const { deps, telemetry } = fixture();

    const answer = await ingest(request(EVENT, { ...signed(EVENT, 'other'), ...WRONG_BEARER }), deps);

    expect(answer.body).toMatchObject({ error: 'credential_mismatch', wrong: ['signature', 'token'] });
    expect(telemetry.counts.get('CredentialMismatch')).toBe(1);
    expect(JSON.stringify(telemetry.lines)).not.toMatch(/other|m1/);
  });

  it('says how the token has to be shown when it is shown otherwise', async () => {
    const answer = await ingest(request(EVENT, { authorization: TOKEN }), fixture().deps);

    expect(answer.body).toMatchObject({ message: expect.stringContaining('"Authorization: Bearer <endpoint token>"') });
  });

  it('reads a secret anew before it calls a signature or a token wrong', async () => {
    const { deps, segment, endpointToken } = fixture({
      segment: secret([current('old')], [current(SECRET)]),
      endpointToken: secret([current('old')], [current(TOKEN)]),
    });

    expect(await ingest(request(EVENT, signed(EVENT)), deps)).toMatchObject({ status: 200 });
    expect(await ingest(request(BATCH, BEARER), deps)).toMatchObject({ status: 200 });
    expect([segment.rereads, endpointToken.rereads]).toEqual([1, 1]);
  });

  it('reads nothing anew for a signature that can match nothing', async () => {
    const { deps, segment } = fixture();

    await ingest(request(EVENT, { signature: 'forged', ...BEARER }), deps);

    expect(segment.rereads).toBe(0);
  });

  it('takes the previous secret and counts its use', async () => {
    const both = { segment: secret([current('new'), previous(SECRET)]), endpointToken: secret([current('new'), previous(TOKEN)]) };
    const { deps, telemetry } = fixture(both);

    expect(await ingest(request(BATCH, { ...signed(EVENT), ...BEARER }), deps)).toMatchObject({ status: 200 });
    expect(telemetry.counts.get('PreviousSecretUsed{secret=segment}')).toBe(1);
    expect(telemetry.counts.get('PreviousSecretUsed{secret=endpointToken}')).toBe(1);
  });

  it('opens nothing when no secret has a value', async () => {
    const { deps, stored } = fixture({ segment: secret([]), endpointToken: secret([]) });

    expect(await ingest(request(EVENT, signed(EVENT, '')), deps)).toMatchObject({ status: 503 });
    expect(await ingest(request(BATCH, { authorization: 'Bearer ' }), deps)).toMatchObject({ status: 503 });
    expect(stored).toEqual([]);
  });

  it.each<[string, string, (deps: IngestDeps) => IngestDeps]>([
    ['the shared secret cannot be read', 'SecretUnreadable', (deps) => ({ ...deps, secrets: { ...deps.secrets, segment: UNREADABLE } })],
    ['the queue throws', 'StoreFailed', (deps) => ({ ...deps, store: () => Promise.reject(new Error(EVENT)) })],
  ])('answers 503, counts it and logs no body when %s', async (_, metric, broken) => {
    const { deps, telemetry } = fixture();

    expect(await ingest(request(EVENT, signed(EVENT)), broken(deps))).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    expect([...telemetry.counts]).toEqual([[metric, 1]]);
    expect(JSON.stringify(telemetry.lines)).not.toContain('m1');
  });

  it('answers 503 when a part of a batch is not stored, and counts both parts', async () => {
    const { deps, telemetry } = fixture({ failing: 1 });

    expect(await ingest(request(BATCH, BEARER), deps)).toMatchObject({ status: 503 });
    expect(telemetry.counts.get('Accepted')).toBe(1);
    expect(telemetry.counts.get('StoreFailed')).toBe(1);
  });

  it('gives no final answer to whoever shows a credential, but for the size', async () => {
    const header = fc.option(fc.oneof(fc.string(), fc.constantFrom(`Bearer ${TOKEN}`, 'Bearer x', 'Bearer', 'a'.repeat(40))), { nil: undefined });
    const body = fc.oneof(fc.string(), fc.json(), fc.json().map((text) => `[${text}]`));
    await fc.assert(
      fc.asyncProperty(body, header, header, async (text, authorization, given) => {
        const { deps } = fixture();
        const credentials = { authorization: authorization || undefined, signature: given || undefined };

        const answer: Answer = await ingest({ ...request(text), credentials }, deps);

        const presents = credentials.authorization !== undefined || /^[0-9a-f]{40}$/i.test(credentials.signature ?? '');
        expect(presents ? [200, 503] : [401]).toContain(answer.status);
      }),
      { numRuns: 500 },
    );
  });
});
