import { afterEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createForwardHandler } from '../../../lambda/forward/handler.ts';
import type { ForwardHandlerOptions } from '../../../lambda/forward/handler.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { lambdaContext } from '../../../local/function/lambda-context.ts';
import { refusal, TAKEN } from '../../helpers/metronome-stand-in.ts';
import type { Decide } from '../../helpers/metronome-stand-in.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { DEFAULT_MAPPING } from './factories.ts';
import { startHandlerWorld, TOKEN_SECRET } from './handler-world.ts';
import type { HandlerWorld } from './handler-world.ts';

const MAPPINGS = JSON.stringify({ mappings: [{ name: 'track', trigger: 'type = "track"', mapping: DEFAULT_MAPPING }] });
const NAMES = ['QUEUE_URL', 'LEDGER_BUCKET', 'METRONOME_BASE_URL', 'METRONOME_TOKEN_SECRET_ARN', 'ARCHIVE_DAYS', 'RETRY_DELAYS_MINUTES', 'VISIBILITY_TIMEOUT_SECONDS'];

let world: HandlerWorld | undefined;

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

interface Given extends Partial<Pick<ForwardHandlerOptions, 'onSettled'>> {
  readonly decide?: Decide;
  readonly token?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  readonly mappings?: string;
}

async function start(given: Given = {}) {
  const here = await startHandlerWorld(given.decide, 'token' in given ? given.token : 'token');
  world = here;
  const mappingsPath = join(here.folder, 'mappings.json');
  writeFileSync(mappingsPath, given.mappings ?? MAPPINGS);
  const telemetry = recordingTelemetry();
  const settled: Settled[] = [];
  const handler = createForwardHandler({
    environment: { ...here.environment, MAPPINGS_PATH: mappingsPath, ...given.environment },
    telemetry,
    onSettled: given.onSettled ?? ((some) => void settled.push(...some)),
  });
  const invoke = async (records: readonly SQSRecord[], timeoutSeconds = 60): Promise<readonly string[]> => {
    const { batchItemFailures } = await handler({ Records: [...records] }, lambdaContext({ functionName: 'forward', timeoutSeconds }));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { ...here, invoke, telemetry, settled, mappingsPath };
}

const tracks = (...ids: readonly string[]) => ids.map((id) => JSON.stringify(trackEvent(id)));
const idsOf = (records: readonly SQSRecord[]) => records.map(({ messageId }) => messageId);

describe('handler', () => {
  it('delivers a batch, archives it, and keeps none of it in the queue', async () => {
    const { invoke, receive, metronome, ledgerLines, telemetry, settled } = await start();
    const records = await receive([...tracks('a', 'b'), '{"type":"page"}']);

    await expect(invoke(records)).resolves.toEqual([]);

    expect([...metronome.billed.keys()]).toEqual(['a', 'b']);
    expect(metronome.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token']);
    expect((await ledgerLines('archive')).map(({ fate, sqsMessageId }) => [fate, sqsMessageId])).toEqual([
      ['delivered', records[0]?.messageId],
      ['delivered', records[1]?.messageId],
      ['filtered', records[2]?.messageId],
    ]);
    expect(settled.map(({ fate }) => fate.kind)).toEqual(['delivered', 'delivered', 'filtered']);
    expect(telemetry.lines).toEqual([]);
    expect(telemetry.flushes).toBe(1);
  });

  it('sets the guilty event aside and delivers the others', async () => {
    const { invoke, receive, metronome, ledgerLines } = await start({
      decide: ({ events }) => (events.some((event) => event['transaction_id'] === 'bad') ? refusal(400, 'bad is bad') : TAKEN),
    });
    const records = await receive([...tracks('a', 'bad', 'c'), 'nonsense']);

    await expect(invoke(records)).resolves.toEqual([]);

    expect([...metronome.billed.keys()].toSorted()).toEqual(['a', 'c']);
    expect(await ledgerLines('quarantine')).toMatchObject([
      { sqsMessageId: records[1]?.messageId, messageId: 'bad', reason: 'refused_by_metronome', detail: 'bad is bad', usage: [{ verdict: 'quarantined', status: 400 }] },
      { sqsMessageId: records[3]?.messageId, reason: 'not_json', event: 'nonsense', eventEncoding: 'text' },
    ]);
  });

  it('returns everything in an outage, hidden for its back-off, and delivers it once Metronome is back', async () => {
    let isUp = false;
    const { invoke, receive, metronome, hiddenSeconds, ledgerLines } = await start({ decide: () => (isUp ? TAKEN : { kind: 'cut', stores: true }) });
    const records = await receive(tracks('a', 'b'));

    await expect(invoke(records)).resolves.toEqual(idsOf(records));
    const hidden = [...hiddenSeconds().values()];
    isUp = true;
    await expect(invoke(records)).resolves.toEqual([]);

    expect(hidden).toHaveLength(2);
    expect(Math.min(...hidden)).toBeGreaterThan(29 * 60);
    expect(Math.max(...hidden)).toBeLessThanOrEqual(30 * 60 * 1.25 + 1);
    expect(metronome.billed.size).toBe(2);
    expect(new Set(metronome.requests.map(({ body }) => body)).size).toBe(1);
    expect(await ledgerLines('archive')).toHaveLength(2);
  });

  it('returns everything when it is nearly at its deadline, after a short delay', async () => {
    const { invoke, receive, metronome, hiddenSeconds } = await start();
    const records = await receive(tracks('a'));

    await expect(invoke(records, 4)).resolves.toEqual(idsOf(records));

    expect(metronome.requests).toEqual([]);
    expect([...hiddenSeconds().values()].every((seconds) => seconds <= 10)).toBe(true);
  });

  it('answers for a record handed over twice by its proven fate', async () => {
    const { invoke, receive, metronome } = await start();
    const [record] = await receive(tracks('a'));
    if (record === undefined) throw new TypeError('no record');

    await expect(invoke([record, record])).resolves.toEqual([]);
    expect(metronome.billed.size).toBe(1);
  });

  it('returns a record that is not from SQS, and delivers the others', async () => {
    const { invoke, receive, metronome, telemetry } = await start();
    const [record] = await receive(tracks('a'));
    const stranger = { messageId: 'stranger', body: '{}' };

    await expect(invoke([stranger as unknown as SQSRecord, ...(record === undefined ? [] : [record])])).resolves.toEqual(['stranger']);

    expect([...metronome.billed.keys()]).toEqual(['a']);
    expect(telemetry.lines).toEqual([{ level: 'error', event: 'record_unreadable', fields: { sqsMessageId: 'stranger', error: 'TypeError' } }]);
  });

  it('sends no faster than its share of the rate', async () => {
    const { invoke, receive, metronome } = await start({ environment: { METRONOME_EVENTS_PER_SECOND: '5', MAX_CONCURRENCY: '5' } });
    const records = await receive(tracks('a', 'b', 'c'));

    const startedAt = performance.now();
    for (const record of records) await expect(invoke([record])).resolves.toEqual([]);

    // A second for each event before the last, of which half a one is made up for.
    expect(performance.now() - startedAt).toBeGreaterThan(1_400);
    expect(metronome.billed.size).toBe(3);
  });

  it('does nothing with no records', async () => {
    const { invoke, metronome } = await start();

    await expect(invoke([])).resolves.toEqual([]);
    expect(metronome.requests).toEqual([]);
  });
});

describe('handler, configuration', () => {
  it.each(NAMES)('returns everything without %s, and names it', async (name) => {
    const { invoke, receive, telemetry, metronome } = await start({ environment: { [name]: undefined } });
    const records = await receive(tracks('a', 'b'));

    await expect(invoke(records)).resolves.toEqual(idsOf(records));

    expect(metronome.requests).toEqual([]);
    expect(telemetry.lines).toMatchObject([
      { level: 'error', event: 'forward_failed', fields: { error: 'EnvironmentError', advice: expect.stringContaining(name) } },
      { level: 'warn', event: 'events_returned', fields: { cause: 'configuration', events: 2 } },
    ]);
    expect(telemetry.counts.get('Returned{cause=configuration}')).toBe(2);
    expect(telemetry.flushes).toBe(1);
  });

  it.each([
    ['ARCHIVE_DAYS', 'many'],
    ['RETRY_DELAYS_MINUTES', '6,twelve'],
    ['METRONOME_EVENTS_PER_SECOND', 'fast'],
    ['METRONOME_BASE_URL', 'api.metronome.com'],
    ['METRONOME_BASE_URL', 'http://metronome.invalid'],
  ])('returns everything with %s=%s, and names it', async (name, value) => {
    const { invoke, receive, telemetry } = await start({ environment: { [name]: value } });
    const records = await receive(tracks('a'));

    await expect(invoke(records)).resolves.toEqual(idsOf(records));
    expect(telemetry.lines[0]).toMatchObject({ event: 'forward_failed', fields: { advice: expect.stringContaining(name) } });
  });

  it.each<[string, Given]>([
    ['broken', { mappings: '{"mappings":[' }],
    ['another than was deployed', { environment: { MAPPINGS_VERSION: 'f'.repeat(64) } }],
  ])('returns everything, with back-off, when the mappings file is %s', async (_, given) => {
    const { invoke, receive, telemetry, hiddenSeconds, metronome } = await start(given);
    const records = await receive([...tracks('a'), 'nonsense', '{"type":"page"}']);

    await expect(invoke(records)).resolves.toEqual(idsOf(records));

    expect(metronome.requests).toEqual([]);
    expect(Math.min(...hiddenSeconds().values())).toBeGreaterThan(29 * 60);
    expect(telemetry.lines[0]).toMatchObject({ level: 'error', event: 'mappings_unusable', fields: { advice: expect.stringContaining('mappings file') } });
    expect(telemetry.counts.get('Returned')).toBe(3);
  });

  it('goes on once the mappings file is there', async () => {
    const { invoke, receive, mappingsPath } = await start();
    const records = await receive(tracks('a'));
    rmSync(mappingsPath);

    await expect(invoke(records)).resolves.toEqual(idsOf(records));
    writeFileSync(mappingsPath, MAPPINGS);
    await expect(invoke(records)).resolves.toEqual([]);
  });

  it('returns everything while the token was never set, and says how to set it', async () => {
    const { invoke, receive, metronome, telemetry } = await start({ token: undefined });
    const records = await receive(tracks('a'));

    await expect(invoke(records)).resolves.toEqual(idsOf(records));

    expect(metronome.requests).toEqual([]);
    expect(telemetry.counts.get('TokenNotSet')).toBeGreaterThan(0);
    expect(telemetry.lines).toContainEqual(
      expect.objectContaining({ event: 'metronome_token_not_set', fields: expect.objectContaining({ command: expect.stringContaining(`--secret-id ${TOKEN_SECRET}`) }) }),
    );
  });

  it('returns everything when the token is refused, after reading it once more', async () => {
    const { invoke, receive, metronome, telemetry } = await start({ decide: () => refusal(403, 'Unauthorized') });
    const records = await receive(tracks('a', 'b'));

    await expect(invoke(records)).resolves.toEqual(idsOf(records));

    expect(metronome.requests).toHaveLength(2);
    expect(telemetry.counts.get('TokenRefused')).toBe(2);
    expect(telemetry.lines).toContainEqual({ level: 'warn', event: 'events_returned', fields: { cause: 'token_refused', events: 2, advice: expect.any(String) } });
  });

  it('goes on with the rotated token in the invocation in which the old one is refused', async () => {
    let live = 'token';
    const { invoke, receive, metronome, rotateToken } = await start({
      decide: ({ headers }) => (headers.authorization === `Bearer ${live}` ? TAKEN : refusal(401, 'Unauthorized')),
    });
    const [first, second] = await receive(tracks('a', 'b'));
    if (first === undefined || second === undefined) throw new TypeError('no records');

    await expect(invoke([first])).resolves.toEqual([]);
    live = 'rotated';
    rotateToken(live);
    await expect(invoke([second])).resolves.toEqual([]);

    expect(metronome.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token', 'Bearer token', 'Bearer rotated']);
    expect([...metronome.billed.keys()]).toEqual(['a', 'b']);
  });
});

describe('handler, faults of its own', () => {
  it('returns what it could not set aside', async () => {
    const { invoke, receive, telemetry, hiddenSeconds } = await start({ environment: { LEDGER_BUCKET: 'nowhere' } });
    const records = await receive([...tracks('a'), 'nonsense', '{"type":"page"}']);

    await expect(invoke(records)).resolves.toEqual(idsOf(records).slice(1));

    expect(telemetry.counts.get('QuarantineFailed')).toBe(1);
    expect(telemetry.counts.get('ArchiveFailed')).toBe(2);
    expect(hiddenSeconds().get(String(records[1]?.messageId))).toBeGreaterThan(29 * 60);
  });

  it('keeps no archive when it is off', async () => {
    const { invoke, receive, ledgerLines } = await start({ environment: { ARCHIVE_DAYS: '0' } });

    await expect(invoke(await receive([...tracks('a'), '{"type":"page"}']))).resolves.toEqual([]);
    expect(await ledgerLines('archive')).toEqual([]);
  });

  it('returns everything when nobody could be told of the fates', async () => {
    const { invoke, receive, telemetry, hiddenSeconds } = await start({
      onSettled: () => {
        throw new RangeError('disk full');
      },
    });
    const records = await receive(tracks('a'));

    await expect(invoke(records)).resolves.toEqual(idsOf(records));
    expect(telemetry.lines).toContainEqual({ level: 'error', event: 'forward_failed', fields: { error: 'RangeError', advice: undefined } });
    expect(hiddenSeconds().get(String(records[0]?.messageId))).toBeGreaterThan(29 * 60);
    expect(telemetry.flushes).toBe(1);
  });

  it('returns everything all the same when the queue does not take the back-off', async () => {
    const { invoke, receive, telemetry } = await start({ decide: () => refusal(503) });
    const records = await receive(tracks('a'));

    await expect(invoke(records.map((record) => ({ ...record, receiptHandle: 'gone' })))).resolves.toEqual(idsOf(records));
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ event: 'back_off_not_set' }));
  });

  it('finishes with the others before it touches events that were in runs that died, and with each of those before the next', async () => {
    const inQueue: number[] = [];
    const { invoke, receive, metronome, hiddenSeconds, telemetry } = await start({
      decide: () => {
        inQueue.push(world?.hiddenSeconds().size ?? -1);
        return TAKEN;
      },
    });
    const records = await receive(tracks('a', 'b', 'c', 'd'));
    const crashed = { ApproximateReceiveCount: '3', ApproximateFirstReceiveTimestamp: String(Date.now() - 12 * 60_000) };
    for (const { attributes } of records.slice(2)) Object.assign(attributes, crashed);

    await expect(invoke(records)).resolves.toEqual([]);

    expect(metronome.requests.map(({ events }) => events.map((event) => event['transaction_id']))).toEqual([['a', 'b'], [expect.any(String)], [expect.any(String)]]);
    expect(inQueue).toEqual([4, 2, 1]);
    expect(hiddenSeconds().size).toBe(0);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ event: 'suspects_apart', fields: expect.objectContaining({ events: 2 }) }));
    // After the others, after each of those, and at the end.
    expect(telemetry.flushes).toBe(4);
  });
});
