import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { SQSMessageAttribute, SQSRecord } from 'aws-lambda';

/**
 * A received message as Lambda's event source hands it to a function
 * (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, "Example standard queue message event").
 * @throws TypeError when the queue left out what every message has.
 */
export function sqsRecord(message: Message, queueArn: string): SQSRecord {
  const { MessageId: messageId, ReceiptHandle: receiptHandle, Body: body, MD5OfBody: md5OfBody, Attributes: attributes } = message;
  if (messageId === undefined || receiptHandle === undefined || body === undefined || md5OfBody === undefined) {
    throw new TypeError(`The queue sent message ${messageId} without its id, receipt handle, body or digest.`);
  }
  return {
    messageId,
    receiptHandle,
    body,
    attributes: {
      ...attributes,
      ApproximateReceiveCount: attributes?.ApproximateReceiveCount ?? '1',
      SentTimestamp: attributes?.SentTimestamp ?? '0',
      SenderId: attributes?.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes?.ApproximateFirstReceiveTimestamp ?? '0',
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, recordAttribute(value)]),
    ),
    md5OfBody,
    ...(message.MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

function recordAttribute(value: MessageAttributeValue): SQSMessageAttribute {
  return {
    ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
    ...(value.BinaryValue !== undefined && { binaryValue: Buffer.from(value.BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType ?? 'String',
  };
}
