import { afterEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../local/problem.ts';
import { makeReceive } from '../../../local/event-source/receive.ts';
import type { Receive } from '../../../local/event-source/receive.ts';
import { startSqsDouble } from '../../helpers/sqs-double.ts';
import type { SqsDouble } from '../../helpers/sqs-double.ts';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:events';

let double: SqsDouble;
const problems: Problem[] = [];

afterEach(async () => {
  problems.length = 0;
  await double.stop();
});

async function receiveFrom(answers: Parameters<typeof startSqsDouble>[0], stopping = new AbortController().signal): Promise<Receive> {
  double = await startSqsDouble(answers);
  return makeReceive({ sqs: double.sqs, queueUrl: double.queueUrl, queueArn: QUEUE_ARN, stopping, report: (problem) => problems.push(problem) });
}

describe('makeReceive', () => {
  it('asks for everything, ten messages a call at most', async () => {
    const receive = await receiveFrom(() => ({}));

    await receive({ maxMessages: 25, waitSeconds: 3, maxPauseMs: 0 });

    const asked = double.calls.map(({ input }) => input);
    expect(asked).toEqual(
      expect.arrayContaining(
        [10, 10, 5].map((MaxNumberOfMessages) =>
          expect.objectContaining({ MaxNumberOfMessages, WaitTimeSeconds: 3, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
        ),
      ),
    );
    expect(asked).toHaveLength(3);
  });

  it('reports a streak of failures once, and the next streak again', async () => {
    const receive = await receiveFrom((_, index) => (index === 3 ? {} : 'cut'));

    for (let call = 0; call < 6; call += 1) expect(await receive({ maxMessages: 1, waitSeconds: 0, maxPauseMs: 0 })).toEqual([]);

    expect(double.calls).toHaveLength(6);
    expect(problems).toEqual([
      { at: 'event-source', message: expect.stringContaining(double.queueUrl), cause: expect.anything() },
      { at: 'event-source', message: expect.stringContaining(double.queueUrl), cause: expect.anything() },
    ]);
  });

  it('waits longer after each failure, but not longer than told', async () => {
    const receive = await receiveFrom(() => 'cut');
    const waits: number[] = [];
    for (const maxPauseMs of [10_000, 10_000, 50]) {
      const began = performance.now();
      await receive({ maxMessages: 1, waitSeconds: 0, maxPauseMs });
      waits.push(performance.now() - began);
    }

    expect(waits[0]).toBeGreaterThan(240);
    expect(waits[1]).toBeGreaterThan(490);
    expect(waits[2]).toBeLessThan(400);
  });

  it('does not spin on a queue that never waits', async () => {
    const receive = await receiveFrom(() => ({}));
    const began = performance.now();
    for (let call = 0; call < 5; call += 1) await receive({ maxMessages: 1, waitSeconds: 20, maxPauseMs: 20_000 });

    expect(performance.now() - began).toBeGreaterThan(90);
  });

  it('ends at once, and silently, when stopped while it waits', async () => {
    const stopper = new AbortController();
    const receive = await receiveFrom(() => 'cut', stopper.signal);
    await receive({ maxMessages: 1, waitSeconds: 0, maxPauseMs: 0 });

    const waiting = receive({ maxMessages: 1, waitSeconds: 0, maxPauseMs: 60_000 });
    stopper.abort();

    expect(await waiting).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('treats a message without its parts as a failed receive', async () => {
    const receive = await receiveFrom(() => ({ Messages: [{ MessageId: 'm-1', ReceiptHandle: 'r-1' }] }));

    expect(await receive({ maxMessages: 1, waitSeconds: 0, maxPauseMs: 0 })).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});
