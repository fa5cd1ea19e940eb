import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LAMBDA_MAX_PAYLOAD_BYTES } from '../../../lambda/limits.ts';
import { EMPTY_BATCH, fillBatch } from '../../../local/event-source/batch.ts';
import { sqsRecord } from '../../../local/event-source/sqs-record.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:events';

function record(body: string): ReturnType<typeof sqsRecord> {
  return sqsRecord({ MessageId: 'm', ReceiptHandle: 'r', MD5OfBody: 'd', Body: body }, ARN);
}

describe('fillBatch', () => {
  it('knows the size of the event to the byte', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (bodies) => {
        const batch = fillBatch(fillBatch(EMPTY_BATCH, bodies.slice(0, 2).map(record), 1_000), bodies.slice(2).map(record), 1_000);
        expect(batch.payloadBytes).toBe(Buffer.byteLength(JSON.stringify({ Records: batch.records })));
      }),
    );
  });

  it('loses nothing, keeps the order, and stays within both bounds', () => {
    const sizes = fc.array(fc.constantFrom(10, 1_000_000, 2_000_000, 3_500_000), { maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5 }), (lengths, maxRecords) => {
        const arrivals = lengths.map((length) => record('x'.repeat(length)));
        const batch = fillBatch(EMPTY_BATCH, arrivals, maxRecords);

        expect([...batch.records, ...batch.left].every((taken, index) => taken === arrivals[index])).toBe(true);
        expect(batch.records.length + batch.left.length).toBe(arrivals.length);
        expect(batch.records.length).toBeLessThanOrEqual(maxRecords);
        expect(batch.payloadBytes).toBeLessThanOrEqual(LAMBDA_MAX_PAYLOAD_BYTES);
      }),
      { numRuns: 30 },
    );
  });

  it('fills to the last byte, and leaves what is one over', () => {
    const overhead = fillBatch(EMPTY_BATCH, [record('')], 2).payloadBytes;

    expect(fillBatch(EMPTY_BATCH, [record('x'), record('x')], 2).left).toEqual([]);
    const big = record('x'.repeat(LAMBDA_MAX_PAYLOAD_BYTES - overhead));
    expect(fillBatch(EMPTY_BATCH, [big], 2)).toMatchObject({ payloadBytes: LAMBDA_MAX_PAYLOAD_BYTES, left: [] });
    expect(fillBatch(EMPTY_BATCH, [big, record('')], 2).left).toHaveLength(1);
  });

  it('takes a first record of any size, so that none can block a worker', () => {
    const giant = record('x'.repeat(LAMBDA_MAX_PAYLOAD_BYTES));

    expect(fillBatch(EMPTY_BATCH, [giant, record('')], 2)).toMatchObject({ records: [giant], left: [record('')] });
  });
});
