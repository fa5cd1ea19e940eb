import { describe, expect, it } from '@jest/globals';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { gunzipSync } from 'node:zlib';

import type { Operator } from '../../../cli/operator/operator.ts';
import { createReading } from '../../../cli/replay/reading.ts';
import { openClaims } from '../../../cli/replay/claims.ts';
import { replay } from '../../../cli/replay/replay.ts';
import type { Replayed } from '../../../cli/replay/rounds.ts';
import { completeQuarantined, selectAgain, selectFiltered, selectQuarantined } from '../../../cli/replay/select.ts';
import type { Selection } from '../../../cli/replay/select.ts';
import type { SettledUsage } from '../../../lambda/forward/settle.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { mappingsOf, NOW } from '../../lambda/forward/factories.ts';
import { ioDouble } from '../io-double.ts';
import { bucketDouble, lineOf } from '../ledger/bucket-double.ts';

const MAPPINGS = mappingsOf({});
const QUARANTINED = { kind: 'quarantined', reason: 'missing_field' } as const;
const MINUTE_MS = 60_000;

interface Faults {
  /** The send request that fails, from 0. */
  readonly failingRequest?: number;
  /** What that request is answered with, instead of nothing at all. */
  readonly status?: number;
  readonly refusesRecords?: boolean;
  /** Called before a request is stored. */
  readonly onSend?: (request: number) => void | Promise<void>;
}

/** A stack of which the ledger is in memory, and the queue only keeps what it is sent. */
function stack({ failingRequest, status, refusesRecords = false, onSend }: Faults = {}, interruption?: AbortSignal) {
  const ledger = bucketDouble();
  const queued: (string | undefined)[] = [];
  const recordsByKey = new Map<string, readonly Readonly<Record<string, unknown>>[]>();
  let requests = 0;
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof SendMessageBatchCommand) {
      requests += 1;
      const request = requests;
      await onSend?.(request);
      if (request - 1 === failingRequest) throw Object.assign(new Error('socket hang up'), { $metadata: { httpStatusCode: status } });
      const entries = command.input.Entries ?? [];
      queued.push(...entries.map(({ MessageAttributes }) => MessageAttributes?.['replayOf']?.StringValue));
      return { Successful: entries.map(({ Id, MessageAttributes }) => ({ Id, MessageId: `again-${MessageAttributes?.['replayOf']?.StringValue}` })) };
    }
    if (!(command instanceof PutObjectCommand)) return ledger.s3.send(command as never);
    if (refusesRecords) throw new Error('Access Denied');
    const packed = command.input.Body as Uint8Array;
    ledger.put(String(command.input.Key), Buffer.from(packed));
    const lines = gunzipSync(packed).toString().split('\n').filter((line) => line !== '');
    recordsByKey.set(String(command.input.Key), lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>));
    return {};
  };
  const operator: Operator = {
    name: 'the stack Test',
    s3: { send: send as Operator['s3']['send'] },
    sqs: { send: send as Operator['sqs']['send'] },
    bucket: ledger.bucket,
    queueUrl: 'queue',
    deadLettersUrl: 'dead',
    mappingsPath: '',
    localUrl: undefined,
    close: () => undefined,
  };
  const reading = createReading(operator, ioDouble('/', { now: () => NOW, interruption }).io);
  return {
    ledger,
    queued,
    records: () => [...recordsByKey.values()].flat(),
    reading,
    quarantine(ids: readonly string[], minutes = 0, usage: readonly SettledUsage[] = []): void {
      const at = NOW - 60 * MINUTE_MS + minutes * MINUTE_MS;
      ledger.write('quarantine', at, ids.map((id) => lineOf(at, { fate: QUARANTINED, usage }, { sqsMessageId: id }, trackEvent(id, {}, NOW))));
    },
    async replay(yes = true, select: () => Promise<Selection> = () => selectQuarantined(reading, {}, MAPPINGS.mappings)): Promise<Replayed> {
      const claims = yes ? await openClaims(operator, { by: { reason: 'missing_field' }, mappingVersion: MAPPINGS.version }, NOW, () => NOW) : undefined;
      const { open } = await completeQuarantined(reading, await select());
      return replay({ prefix: 'quarantine', open, mappings: MAPPINGS, nothingRenamed: false, sends: ({ kind }) => kind === 'delivered', claims, rate: 1e9, onJudged: async () => undefined }, reading);
    },
    again: (id: string, knownFrom = 0) => selectAgain(reading, {}, MAPPINGS.mappings, { id, knownFrom }),
  };
}

const NONE: Replayed = { queued: 0, unsent: 0, unclear: 0, taken: 0 };
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `e${index}`);

describe('replay', () => {
  it('queues each open event once, and records it with the reason', async () => {
    const bridge = stack();
    bridge.quarantine(ids(250));
    bridge.quarantine(['e0', 'e1'], 5);

    expect(await bridge.replay(false)).toEqual(NONE);
    expect(bridge.queued).toEqual([]);
    expect(await bridge.replay()).toEqual({ ...NONE, queued: 250 });
    expect(await bridge.replay()).toEqual(NONE);

    expect(bridge.queued.toSorted()).toEqual(ids(250).toSorted());
    expect(bridge.records()).toHaveLength(250);
    expect(new Set(bridge.records().map(({ replayId }) => replayId)).size).toBe(250);
    expect(bridge.records()[0]).toEqual({ v: 1, at: new Date(NOW).toISOString(), root: expect.any(String), replayId: expect.any(String), sqsMessageId: expect.stringMatching(/^again-e/), by: { reason: 'missing_field' }, mappingVersion: MAPPINGS.version });
  });

  it('records what is in the queue before it reports an error, and goes on from there', async () => {
    const bridge = stack({ failingRequest: 13, status: 403 });
    bridge.quarantine(ids(200));

    await expect(bridge.replay()).rejects.toThrow('The queue of the stack Test');
    const before = bridge.records().length;
    const rest = await bridge.replay();

    expect(before).toBe(bridge.queued.length - rest.queued);
    expect(bridge.queued.toSorted()).toEqual(ids(200).toSorted());
  });

  it('leaves alone what SQS gave no answer to, until somebody gives it up', async () => {
    const bridge = stack({ failingRequest: 13 });
    bridge.quarantine(ids(200));

    await expect(bridge.replay()).rejects.toThrow('The queue of the stack Test');
    const rest = await bridge.replay();
    const nothing = await bridge.replay();
    const unknown = await bridge.again('all', NOW + 1);
    const [{ root } = { root: '' }] = (await bridge.again('all')).open;
    const one = await bridge.replay(true, () => bridge.again(root));
    const others = await bridge.replay(true, () => bridge.again('all'));

    expect(bridge.queued.length - one.queued - others.queued).toBe(190);
    expect([rest.queued, nothing.queued, unknown.open.size, one.queued]).toEqual([0, 0, 0, 1]);
    // No line tells of any of the 200, so all of them are given up.
    expect(others.queued).toBe(200);
  });

  it('sends nothing when it can not record what it is about to send', async () => {
    const bridge = stack({ refusesRecords: true });
    bridge.quarantine(ids(350));

    await expect(bridge.replay()).rejects.toThrow('What is replayed can\'t be recorded in the bucket ledger (Access Denied), so nothing more is sent.');
    expect(bridge.queued).toEqual([]);
  });

  it('sends each event once when another run replays the same at the same time', async () => {
    let bridge = stack();
    const others: Replayed[] = [];
    const onSend = async (request: number): Promise<void> => {
      if (request === 3) others.push(await bridge.replay());
    };
    bridge = stack({ onSend });
    bridge.quarantine(ids(450));

    const own = await bridge.replay();

    expect(bridge.queued.toSorted()).toEqual(ids(450).toSorted());
    expect(own).toEqual({ ...NONE, queued: 100, taken: 350 });
    expect(others).toEqual([{ ...NONE, queued: 350 }]);
  });

  it('sends none twice when two runs start together', async () => {
    const bridge = stack();
    bridge.quarantine(ids(350));

    const runs = await Promise.all([bridge.replay(), bridge.replay()]);
    await bridge.replay();

    expect(bridge.queued.toSorted()).toEqual(ids(350).toSorted());
    expect(runs.every(({ queued, taken }) => queued + taken <= 350)).toBe(true);
  });

  it('ends after the round under way when it is interrupted, and goes on when it is run again', async () => {
    const interruption = new AbortController();
    const bridge = stack({ onSend: (request) => (request === 15 ? interruption.abort() : undefined) }, interruption.signal);
    bridge.quarantine(ids(450));

    const replayed = await bridge.replay();

    expect(replayed).toEqual({ ...NONE, queued: 200 });
    expect(bridge.records()).toHaveLength(200);
    expect((await selectQuarantined(bridge.reading, {}, [])).open.size).toBe(250);
  });

  it('leaves alone what the archive knows as delivered, however that came about', async () => {
    const bridge = stack();
    bridge.quarantine(['e0', 'e1']);
    bridge.ledger.write('archive', NOW, [lineOf(NOW, { fate: { kind: 'delivered' } }, { sqsMessageId: 'e0' })]);

    expect(await bridge.replay()).toEqual({ ...NONE, queued: 1 });
    expect(bridge.queued).toEqual(['e1']);
  });

  it('sends along what any line said was delivered', async () => {
    const bridge = stack();
    const usage: readonly SettledUsage[] = [{ mapping: 'mapping 1', transactionId: 'e0', verdict: 'delivered', status: 200 }];
    bridge.ledger.write('quarantine', NOW - 90 * MINUTE_MS, [lineOf(NOW - 90 * MINUTE_MS, { fate: { kind: 'returned', cause: 'rate_limited' }, usage }, { sqsMessageId: 'e0', acceptedAt: NOW - 120 * MINUTE_MS })]);
    bridge.quarantine(['e0']);

    const { open } = await selectQuarantined(bridge.reading, {}, []);

    expect([...open]).toMatchObject([{ root: 'e0', delivered: [{ mapping: 'mapping 1', transactionId: 'e0' }] }]);
  });

  it('counts damaged objects, and reads the others', async () => {
    const bridge = stack();
    bridge.quarantine(['e0']);
    bridge.ledger.put('quarantine/date=2026-06-01/hour=11/110000000Z-damaged.ndjson.gz', Buffer.from('no gzip'));

    expect((await selectQuarantined(bridge.reading, {}, [])).open.size).toBe(1);
    expect(bridge.reading.damaged()).toBe(1);
  });
});

describe('selectFiltered', () => {
  it('finds filtered events that a mapping matches, and were neither delivered nor quarantined since', async () => {
    const bridge = stack();
    const filtered = (id: string, event = trackEvent(id, {}, NOW)) => lineOf(NOW - MINUTE_MS, { fate: { kind: 'filtered' } }, { sqsMessageId: id }, event);
    bridge.ledger.write('archive', NOW - MINUTE_MS, [filtered('e0'), filtered('e1'), filtered('e2'), filtered('page', trackEvent('page', { type: 'page' }, NOW))]);
    bridge.ledger.write('archive', NOW, [lineOf(NOW, {}, { sqsMessageId: 'n1', replay: { of: 'e1', delivered: [] } })]);
    bridge.ledger.write('quarantine', NOW, [lineOf(NOW, { fate: QUARANTINED }, { sqsMessageId: 'n2', replay: { of: 'e2', delivered: [] } })]);

    const { open, stillFiltered } = await selectFiltered(bridge.reading, {}, MAPPINGS.mappings);

    expect([...open].map(({ root }) => root)).toEqual(['e0']);
    expect(stillFiltered).toBe(1);
  });
});
