import { afterEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { deleteMessages } from '../../../local/event-source/delete-messages.ts';
import { sqsRecord } from '../../../local/event-source/sqs-record.ts';
import { startSqsDouble } from '../../helpers/sqs-double.ts';
import type { SqsCall, SqsDouble } from '../../helpers/sqs-double.ts';

let double: SqsDouble;

afterEach(async () => {
  await double.stop();
});

function records(count: number): SQSRecord[] {
  return Array.from({ length: count }, (_, index) =>
    sqsRecord({ MessageId: `m-${index}`, ReceiptHandle: `r-${index}`, Body: '', MD5OfBody: '' }, 'arn:aws:sqs:us-east-1:000000000000:events'),
  );
}

function handlesOf({ input }: SqsCall): readonly string[] {
  return JSON.parse(JSON.stringify(input)).Entries.map((entry: { readonly ReceiptHandle: string }) => entry.ReceiptHandle);
}

function idOf(call: SqsCall, handle: string): string {
  return String(handlesOf(call).indexOf(handle));
}

describe('deleteMessages', () => {
  it('deletes in tens', async () => {
    double = await startSqsDouble(() => ({}));

    const undeleted = await deleteMessages(double.sqs, double.queueUrl, records(23));

    expect(undeleted.records).toEqual([]);
    expect(double.calls.map((call) => handlesOf(call).length).toSorted()).toEqual([10, 10, 3]);
    expect(new Set(double.calls.flatMap(handlesOf)).size).toBe(23);
  });

  it('makes no call for nothing', async () => {
    double = await startSqsDouble(() => ({}));

    expect((await deleteMessages(double.sqs, double.queueUrl, [])).records).toEqual([]);
    expect(double.calls).toEqual([]);
  });

  it('tries again just what failed', async () => {
    double = await startSqsDouble((call, index) => ({ Failed: index < 2 ? [{ Id: idOf(call, 'r-1'), Code: 'InternalError', SenderFault: false }] : [] }));

    const undeleted = await deleteMessages(double.sqs, double.queueUrl, records(3));

    expect(undeleted.records).toEqual([]);
    expect(double.calls.map(handlesOf)).toEqual([['r-0', 'r-1', 'r-2'], ['r-1'], ['r-1']]);
  });

  it('gives up after four rounds, and names what is left', async () => {
    double = await startSqsDouble((call) => ({ Failed: [{ Id: idOf(call, 'r-0'), Code: 'InternalError', SenderFault: false }] }));

    const undeleted = await deleteMessages(double.sqs, double.queueUrl, records(2));

    expect(undeleted.records.map(({ messageId }) => messageId)).toEqual(['m-0']);
    expect(double.calls).toHaveLength(4);
  });

  it('tries again after a lost connection, and says why it gave up', async () => {
    double = await startSqsDouble((call) => (handlesOf(call).length === 10 ? 'cut' : {}));

    const undeleted = await deleteMessages(double.sqs, double.queueUrl, records(12));

    expect(undeleted.records).toHaveLength(10);
    expect(undeleted.cause).toBeDefined();
  });
});
