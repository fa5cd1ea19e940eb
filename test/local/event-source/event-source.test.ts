import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LAMBDA_MAX_PAYLOAD_BYTES } from '../../../lambda/limits.ts';
import { startEventSource } from '../../../local/event-source/event-source.ts';
import type { EventSource, EventSourceOptions } from '../../../local/event-source/event-source.ts';
import type { Problem } from '../../../local/problem.ts';
import { functionDouble } from './function-double.ts';
import type { Call, FunctionDouble } from './function-double.ts';
import { startLocalQueue } from './local-queue.ts';
import type { LocalQueue } from './local-queue.ts';
import { until } from '../../helpers/until.ts';

const MAX_RECEIVES = 3;

let queue: LocalQueue;
let source: EventSource | undefined;
let problems: Problem[];

async function openQueue(visibilitySeconds: number): Promise<void> {
  problems = [];
  queue = await startLocalQueue({ visibilitySeconds, maxReceiveCount: MAX_RECEIVES });
}

afterEach(async () => {
  await source?.stop();
  source = undefined;
  await queue.stop();
});

function start(double: FunctionDouble, changes: Partial<EventSourceOptions> = {}): EventSource {
  source = startEventSource({
    sqs: queue.sqs,
    queueUrl: queue.queueUrl,
    queueArn: queue.queueArn,
    batchSize: 1,
    batchWindowSeconds: 0,
    maxConcurrency: 1,
    functionTimeoutSeconds: 5,
    functionName: 'forward',
    invoke: double.invoke,
    report: (problem) => problems.push(problem),
    ...changes,
  });
  return source;
}

function bodies(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

function bodiesOf(calls: readonly Call[]): readonly (readonly string[])[] {
  return calls.map(({ event }) => event.Records.map(({ body }) => body));
}

describe('a batch', () => {
  beforeEach(() => openQueue(60));

  it('goes out as soon as it is full', async () => {
    await queue.sendAll(bodies('e', 60));
    const double = functionDouble();

    start(double, { batchSize: 25, batchWindowSeconds: 300 });
    await double.called(2);

    expect(bodiesOf(double.calls).map((batch) => batch.length)).toEqual([25, 25]);
  });

  it('goes out when its window has passed since the first message', async () => {
    const double = functionDouble();
    start(double, { batchSize: 100, batchWindowSeconds: 2 });
    const began = performance.now();
    await queue.sendAll(bodies('first', 2));
    await queue.send('second');
    await double.called(1);

    expect(bodiesOf(double.calls)).toEqual([['first-0', 'first-1', 'second']]);
    expect((double.calls[0]?.atMillis ?? 0) - began).toBeGreaterThan(1_900);
    expect((double.calls[0]?.atMillis ?? 0) - began).toBeLessThan(2_900);
  });

  it('stays under the payload bound, and what does not fit opens the next', async () => {
    // Each quote takes two bytes in the event's JSON: three such messages fit in 6 MB, a fourth doesn't.
    const sent = Array.from({ length: 8 }, (_, index) => `${index}${'"'.repeat(1_000_000)}`);
    for (const body of sent) await queue.send(body);
    const double = functionDouble();

    start(double, { batchSize: 100, batchWindowSeconds: 1 });
    await double.called(3);
    await source?.stop();

    const sizes = double.calls.map(({ event }) => Buffer.byteLength(JSON.stringify(event)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(LAMBDA_MAX_PAYLOAD_BYTES);
    expect(bodiesOf(double.calls).map((batch) => batch.map((body) => body[0]).join(''))).toEqual(['012', '345', '67']);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
  });

  it('carries records as Lambda does', async () => {
    const messageId = await queue.send('{"a":1}', {
      acceptedAt: { DataType: 'String', StringValue: '2026-09-14T08:15:30.250Z' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    });
    const double = functionDouble();

    start(double);
    await double.called(1);

    expect(double.calls[0]?.event).toEqual({
      Records: [
        {
          messageId,
          receiptHandle: expect.any(String),
          body: '{"a":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          },
          messageAttributes: {
            acceptedAt: { stringValue: '2026-09-14T08:15:30.250Z', stringListValues: [], binaryListValues: [], dataType: 'String' },
            bytes: { binaryValue: 'AP8=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
          },
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: queue.queueArn,
          awsRegion: 'us-east-1',
        },
      ],
    });
    expect(double.calls[0]?.context).toMatchObject({ functionName: 'forward', awsRequestId: expect.any(String) });
    expect(double.calls[0]?.context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  });

  it('shares a backlog among as many invocations as allowed', async () => {
    await queue.sendAll(bodies('e', 3));
    let running = 0;
    let most = 0;
    const double = functionDouble(async () => {
      running += 1;
      most = Math.max(most, running);
      await double.called(2);
      running -= 1;
    });

    start(double, { maxConcurrency: 2 });
    await double.called(3);

    expect(most).toBe(2);
  });
});

describe('what the function answers', () => {
  beforeEach(() => openQueue(1));

  it('decides message by message: failures come back when their visibility ends', async () => {
    await queue.sendAll(bodies('e', 3));
    const double = functionDouble(({ Records }) => ({
      batchItemFailures: Records.filter(({ body, attributes }) => body === 'e-1' && attributes.ApproximateReceiveCount === '1').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));

    start(double, { batchSize: 3 });
    await double.called(2);
    await source?.stop();

    expect(bodiesOf(double.calls)).toEqual([['e-0', 'e-1', 'e-2'], ['e-1']]);
    expect(double.calls[1]?.event.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
    expect(problems).toEqual([]);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
  ])('deletes all after %s', async (_, answer) => {
    await queue.sendAll(bodies('e', 12));
    const double = functionDouble(() => answer);

    start(double, { batchSize: 12, batchWindowSeconds: 5 });
    await double.called(1);
    await source?.stop();

    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
    expect(problems).toEqual([]);
  });

  it.each<[string, () => unknown]>([
    [
      'a throw',
      () => {
        throw new RangeError('boom');
      },
    ],
    ['an unknown id', () => ({ batchItemFailures: [{ itemIdentifier: 'stranger' }] })],
    ['an answer of another shape', () => 'done'],
  ])('keeps all after %s, and reports it', async (_, answer) => {
    await queue.sendAll(bodies('e', 2));
    const double = functionDouble(answer);

    start(double, { batchSize: 2, batchWindowSeconds: 5 });
    await double.called(2);

    expect(bodiesOf(double.calls)).toEqual([
      ['e-0', 'e-1'],
      ['e-0', 'e-1'],
    ]);
    expect(problems[0]).toMatchObject({ at: 'event-source', message: expect.stringContaining('All 2 message(s) stay in the queue.') });
  });

  it('keeps all after a timeout, and ignores the late answer', async () => {
    await queue.send('slow');
    const late = Promise.withResolvers<undefined>();
    const double = functionDouble((event) => (event.Records[0]?.attributes.ApproximateReceiveCount === '1' ? late.promise : undefined));

    start(double, { functionTimeoutSeconds: 0.1 });
    await double.called(2);
    late.resolve(undefined);
    await source?.stop();

    expect(problems).toMatchObject([{ message: expect.stringContaining('still running after 0.1 s') }]);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
  });

  it('leaves to the queue what fails too often: it becomes a dead letter', async () => {
    await queue.send('poison');
    const double = functionDouble(() => {
      throw new RangeError('boom');
    });

    start(double);
    await double.called(MAX_RECEIVES);
    await until(() => queue.depths().dead === 1);
    await source?.stop();

    expect(bodiesOf(double.calls)).toEqual([['poison'], ['poison'], ['poison']]);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 1 });
  });
});

describe('stop', () => {
  beforeEach(() => openQueue(60));

  it('waits for the running invocation and deletes what it did', async () => {
    await queue.send('running');
    const finish = Promise.withResolvers<undefined>();
    const double = functionDouble(() => finish.promise);
    const running = start(double);
    await double.called(1);
    expect(running.idle).toBe(false);

    const order: string[] = [];
    const stopped = running.stop().then(() => order.push('stopped'));
    await new Promise(setImmediate);
    order.push('finishing');
    finish.resolve(undefined);
    await stopped;

    expect(order).toEqual(['finishing', 'stopped']);
    expect(running.idle).toBe(true);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
  });

  it('hands over at once what is waiting for its window', async () => {
    const double = functionDouble();
    const gathering = start(double, { batchSize: 10, batchWindowSeconds: 300 });
    await queue.send('gathered');
    await until(() => !gathering.idle);

    await gathering.stop();

    expect(bodiesOf(double.calls)).toEqual([['gathered']]);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
  });

  it('hands over what did not fit in the running batch', async () => {
    for (const name of ['0', '1', '2', '3']) await queue.send(`${name}${'"'.repeat(1_000_000)}`);
    const finish = Promise.withResolvers<undefined>();
    const double = functionDouble(() => finish.promise);
    const running = start(double, { batchSize: 100, batchWindowSeconds: 300 });
    await double.called(1);

    const stopped = running.stop();
    finish.resolve(undefined);
    await stopped;

    expect(double.calls.map(({ event }) => event.Records.length)).toEqual([3, 1]);
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, dead: 0 });
  });

  it('ends idle polls at once, and receives nothing more', async () => {
    const double = functionDouble();
    const idle = start(double, { maxConcurrency: 3 });
    const began = performance.now();

    await idle.stop();
    await idle.stop();

    expect(performance.now() - began).toBeLessThan(1_000);
    expect(double.calls).toEqual([]);
  });
});
