import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** As Lambda hands them to forward: each body a message of its own, received for the first time. */
export function sqsEvent(bodies: readonly string[], at: number): SQSEvent {
  return { Records: bodies.map((body, index) => sqsRecord(body, index, at)) };
}

function sqsRecord(body: string, index: number, at: number): SQSRecord {
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
