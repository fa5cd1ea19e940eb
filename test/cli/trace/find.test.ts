import { beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';

import { planLedger } from '../../../cli/ledger/plan-ledger.ts';
import { findEvent } from '../../../cli/trace/find.ts';
import type { Found } from '../../../cli/trace/journey.ts';
import { windowOf } from '../../../cli/trace/window.ts';
import { ledgerKey } from '../../../lambda/forward/ledger.ts';
import { bucketDouble, lineOf } from '../ledger/bucket-double.ts';
import type { BucketDouble } from '../ledger/bucket-double.ts';

const AT = Date.parse('2026-11-21T09:30:00.000Z');
const HOUR_MS = 60 * 60_000;
const REPLAY = '{"v":1,"at":"2026-11-21T10:00:00.000Z","root":"root","sqsMessageId":"new","by":{}}';

let bucket: BucketDouble;

beforeEach(() => {
  bucket = bucketDouble();
  const usage = [{ mapping: 'one', transactionId: 'seat-1', verdict: 'delivered' as const, status: 200 }];
  bucket.write('quarantine', AT, [lineOf(AT, { fate: { kind: 'quarantined', reason: 'missing_field' } }, { sqsMessageId: 'root' }), lineOf(AT, { messageId: 'm-2' }, { sqsMessageId: 'other' })]);
  bucket.write('archive', AT + HOUR_MS, [lineOf(AT, { usage }, { sqsMessageId: 'new', replay: { of: 'root', delivered: [] } })]);
  bucket.write('archive', AT + 2 * HOUR_MS, [lineOf(AT, {}, { sqsMessageId: 'resent' })]);
  bucket.write('archive', AT + 2 * HOUR_MS, [lineOf(AT, { messageId: 'm-9' }, { sqsMessageId: 'loud' }, { messageId: 'm-9', text: 'm-1 root new seat-1' })]);
  bucket.put(ledgerKey('replays', AT + HOUR_MS, 'r'), gzipSync(`${REPLAY}\nhello root\n`));
});

async function find(id: string): Promise<Found> {
  const plan = await planLedger(bucket, { prefixes: ['archive', 'quarantine', 'replays'], from: 0, to: Number.POSITIVE_INFINITY });
  return findEvent(id, { bucket, plan, read: (_, work) => work({}) });
}

describe('findEvent', () => {
  it.each(['m-1', 'root', 'new', 'resent', 'seat-1'])('finds the whole way of the event by its id %s', async (id) => {
    const { entries, replays } = await find(id);

    expect(entries.map(({ line }) => line.sqsMessageId).toSorted()).toEqual(['new', 'resent', 'root']);
    expect(replays.map(({ record }) => record.sqsMessageId)).toEqual(['new']);
  });

  it('finds it by the id of a replay that is not settled yet', async () => {
    bucket.put(ledgerKey('replays', AT + 3 * HOUR_MS, 'r2'), gzipSync(`${REPLAY.replace('"new"', '"waiting"')}\n`));

    const { entries, replays } = await find('waiting');

    expect(entries.map(({ line }) => line.sqsMessageId).toSorted()).toEqual(['new', 'resent', 'root']);
    expect(replays.map(({ record }) => record.sqsMessageId).toSorted()).toEqual(['new', 'waiting']);
  });

  it('reads what it needs but once when the messageId is given', async () => {
    await find('m-1');

    expect(bucket.gets.filter((key) => !key.startsWith('replays/'))).toHaveLength(4);
  });

  it.each(['nobody', 'm', 'track', 'one', 'version-1'])('finds nothing by %s', async (id) => {
    expect(await find(id)).toEqual({ entries: [], replays: [] });
  });
});

describe('windowOf', () => {
  const now = AT;

  it.each<[string, number | undefined, number, number, number]>([
    ['without a time up to now', undefined, 24, -24, 0],
    ['around a time', now - 100 * HOUR_MS, 6, -103, -97],
    ['around a time just passed: as far as it has', now - HOUR_MS, 24, -24, 0],
  ])('searches %s', (_, around, hours, from, to) => {
    expect(windowOf(around, hours, now)).toEqual({ from: now + from * HOUR_MS, to: now + to * HOUR_MS });
  });
});
