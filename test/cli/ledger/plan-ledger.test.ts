import { describe, expect, it } from '@jest/globals';

import { writtenAt } from '../../../cli/ledger/hours.ts';
import { planLedger } from '../../../cli/ledger/plan-ledger.ts';
import { OperatorError } from '../../../cli/operator/operator-error.ts';
import { ledgerKey } from '../../../lambda/forward/ledger.ts';
import { bucketDouble } from './bucket-double.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}Z`);
const BOTH = ['archive', 'quarantine'] as const;

describe('planLedger', () => {
  it('lists thousands of objects over many pages, older ones first, and adds up their bytes', async () => {
    const bucket = bucketDouble(7);
    const times = Array.from({ length: 2_500 }, (_, index) => at('21T09:00:00.000') + index * 1_000);
    for (const time of times) bucket.put(ledgerKey('archive', time, 'a'), Buffer.alloc(10));

    const plan = await planLedger(bucket, { prefixes: BOTH, from: at('21T00:00'), to: at('22T00:00') });

    expect(plan.bytes).toBe(25_000);
    expect(plan.objects.map(({ key }) => writtenAt(key))).toEqual(times);
  });

  it('takes what was written from the first moment up to before the last, to the millisecond', async () => {
    const bucket = bucketDouble();
    const times = ['20T23:59:59.999', '21T09:30:00.000', '21T23:59:59.999', '22T10:15:29.999', '22T10:15:30.000'];
    for (const time of times) bucket.put(ledgerKey('quarantine', at(time), 'a'), Buffer.alloc(1));

    const { objects } = await planLedger(bucket, { prefixes: BOTH, from: at('21T09:30'), to: at('22T10:15:30') });

    expect(objects.map(({ key }) => new Date(writtenAt(key) ?? 0).toISOString())).toEqual(times.slice(1, 4).map((time) => `2026-11-${time}Z`));
  });

  it('asks for the hours of the range alone, and for none on dates without objects', async () => {
    const bucket = bucketDouble();
    bucket.put(ledgerKey('archive', at('21T10:00'), 'a'), Buffer.alloc(1));

    await planLedger(bucket, { prefixes: ['archive'], from: at('20T22:00'), to: at('21T02:00') });

    expect(bucket.lists).toEqual(['archive/', 'archive/date=2026-11-21/hour=00/', 'archive/date=2026-11-21/hour=01/']);
  });

  it('takes a range without beginning or end', async () => {
    const bucket = bucketDouble();
    for (const time of ['01T00:00', '30T23:59']) bucket.put(ledgerKey('archive', at(time), 'a'), Buffer.alloc(1));

    const { objects } = await planLedger(bucket, { prefixes: BOTH, from: 0, to: Number.POSITIVE_INFINITY });

    expect(objects).toHaveLength(2);
  });

  it('takes an object of a foreign name in an hour of the range, and none beside the dates', async () => {
    const bucket = bucketDouble();
    for (const key of ['archive/date=2026-11-21/hour=09/copy.gz', 'archive/notes.txt', 'archive/date=today/x']) bucket.put(key, Buffer.alloc(1));

    const { objects } = await planLedger(bucket, { prefixes: BOTH, from: at('21T00:00'), to: at('22T00:00') });

    expect(objects.map(({ key }) => key)).toEqual(['archive/date=2026-11-21/hour=09/copy.gz']);
  });

  it('says in words when AWS refuses', async () => {
    const denied = Object.assign(new Error('Access Denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const s3 = { send: async () => Promise.reject(denied) };

    const listing = planLedger({ bucket: 'ledger', s3 }, { prefixes: BOTH, from: 0, to: 1 });

    await expect(listing).rejects.toThrow(OperatorError);
    await expect(listing).rejects.toThrow("The bucket ledger can't be read: AWS refuses it to these credentials (Access Denied); use a profile that may, with AWS_PROFILE.");
  });
});
