import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';

/** As Lambda hands them to forward: each body a message of its own, received for the first time. */
export function sqsEvent(bodies: readonly string[], at: number): SQSEvent {
  return { Records: bodies.map((body, index) => sqsRecord(body, index, at)) };
}

export function sqsRecord(body: string, index: number, at: number): SQSRecord {
  return {
    messageId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    receiptHandle: `receipt-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(at), SenderId: 'ingest', ApproximateFirstReceiveTimestamp: String(at) },
    messageAttributes: { acceptedAt: { dataType: 'String', stringValue: new Date(at).toISOString() } },
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:events',
    awsRegion: 'us-east-1',
  };
}

/** A function with all of its time left. */
export function benchContext(timeoutSeconds: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'bench',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
    memoryLimitInMB: '512',
    awsRequestId: 'bench',
    logGroupName: 'bench',
    logStreamName: 'bench',
    getRemainingTimeInMillis: () => timeoutSeconds * 1_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
