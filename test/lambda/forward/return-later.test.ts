import { describe, expect, it } from '@jest/globals';

import type { Fate } from '../../../lambda/forward/fate.ts';
import { returnLater } from '../../../lambda/forward/return-later.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { startSqsDouble } from '../../helpers/sqs-double.ts';
import type { SqsCall } from '../../helpers/sqs-double.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';
import { queuedOf } from './factories.ts';

const OUTAGE: Fate = { kind: 'returned', cause: 'metronome_unavailable' };

function settledOf(index: number, fate: Fate = OUTAGE, receiveCount = 1): Settled {
  return { queued: queuedOf({}, { sqsMessageId: `sqs-${index}`, receiptHandle: `receipt-${index}`, receiveCount }), messageId: undefined, isJson: true, fate, usage: [] };
}

async function hide(settled: readonly Settled[], answer: (call: SqsCall, index: number) => object | 'cut' = () => ({ Successful: [], Failed: [] })) {
  const double = await startSqsDouble(answer);
  const telemetry = recordingTelemetry();
  try {
    await returnLater(settled, { sqs: double.sqs, queueUrl: double.queueUrl, retryDelaysMinutes: [6, 12], random: () => 0, telemetry });
  } finally {
    await double.stop();
  }
  const inputs = double.calls.map(({ input }) => input as { QueueUrl: string; Entries: { Id: string; ReceiptHandle: string; VisibilityTimeout: number }[] });
  return { inputs, entries: inputs.flatMap(({ Entries }) => Entries), telemetry, calls: double.calls };
}

describe('returnLater', () => {
  it.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('hides %i events in requests of %j', async (count, sizes) => {
    const { inputs, entries, calls } = await hide(Array.from({ length: count }, (_, index) => settledOf(index)));

    expect(inputs.map(({ Entries }) => Entries.length)).toEqual(sizes);
    expect(new Set(entries.map(({ ReceiptHandle }) => ReceiptHandle)).size).toBe(count);
    for (const { Entries } of inputs) expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
    for (const { action } of calls) expect(action).toBe('ChangeMessageVisibilityBatch');
  });

  it('hides each for its own cause and receive count', async () => {
    const { entries } = await hide([settledOf(0), settledOf(1, OUTAGE, 2), settledOf(2, { kind: 'returned', cause: 'deadline' }), settledOf(3, { kind: 'returned', cause: 'rate_limited' })]);

    expect(entries.map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout])).toEqual([
      ['receipt-0', 360],
      ['receipt-1', 720],
      ['receipt-2', 2],
      ['receipt-3', 15],
    ]);
  });

  it('touches nothing that is not returned', async () => {
    const { calls } = await hide([settledOf(0, { kind: 'delivered' }), settledOf(1, { kind: 'filtered' }), settledOf(2, { kind: 'quarantined', reason: 'not_json' })]);

    expect(calls).toEqual([]);
  });

  it('reports entries the queue refused, and goes on', async () => {
    const refused = { Successful: [], Failed: [{ Id: '0', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }] };

    const { telemetry, calls } = await hide(Array.from({ length: 20 }, (_, index) => settledOf(index)), (_, index) => (index === 0 ? refused : { Successful: [] }));

    expect(calls).toHaveLength(2);
    expect(telemetry.lines).toEqual([{ level: 'warn', event: 'back_off_not_set', fields: { entries: 1, code: 'ReceiptHandleIsInvalid' } }]);
  });

  it('takes a queue that does not answer for harmless, and asks for the rest all the same', async () => {
    const { telemetry, calls } = await hide(Array.from({ length: 200 }, (_, index) => settledOf(index)), () => 'cut');

    expect(calls).toHaveLength(20);
    expect(telemetry.lines).toHaveLength(20);
    for (const line of telemetry.lines) expect(line).toMatchObject({ level: 'warn', event: 'back_off_not_set', fields: { entries: 10 } });
  });
});
