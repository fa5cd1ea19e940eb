import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { createHmac } from 'node:crypto';

import { chunks } from '../../lambda/chunks.ts';
import { createIngestHandler } from '../../lambda/ingest/handler.ts';
import { SQS_MAX_BATCH_ENTRIES } from '../../lambda/limits.ts';
import { createTelemetry } from '../../lambda/telemetry.ts';
import { lambdaContext } from '../../local/function/lambda-context.ts';
import { alternate } from './alternate.ts';
import type { Contender, Effort } from './alternate.ts';
import { benchEvents } from './events.ts';
import { answerJob } from './fresh-process.ts';
import { SECRET } from './loopback.ts';
import { mustBeSame } from './same-answer.ts';
import { arrivedDuring } from './with-loopback.ts';

export interface IngestJob {
  readonly url: string;
  readonly eventBytes: number;
  /** 1: the body is the event; else an array of so many. */
  readonly eventsPerWebhook: number;
  readonly effort: Effort;
}

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const TIMEOUT_SECONDS = 9;

/** Only stores: no proof of the sender, no exact bytes, no retries, no metrics. */
function bareHandler(queueUrl: string): Handler {
  const sqs = new SQSClient({});
  return async ({ body = '' }) => {
    const parsed: unknown = JSON.parse(body);
    if (!Array.isArray(parsed)) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    else {
      const entries = parsed.map((event, index) => ({ Id: String(index), MessageBody: JSON.stringify(event) }));
      await Promise.all(chunks(entries, SQS_MAX_BATCH_ENTRIES).map((Entries) => sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }))));
    }
    return { statusCode: 200 };
  };
}

/** As API Gateway hands over what Segment sends. */
function webhook(events: readonly string[], isArray: boolean): APIGatewayProxyEventV2 {
  const [first = ''] = events;
  const http = { method: 'POST', path: '/segment', protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'Segment (Actions)' };
  const requestContext = { accountId: '000000000000', apiId: 'bench', domainName: 'bench', domainPrefix: 'bench', http, requestId: 'bench', routeKey: 'ANY /segment', stage: '$default', time: '', timeEpoch: 0 };
  const headers = {
    'content-type': 'application/json',
    'x-signature': createHmac('sha1', SECRET).update(first).digest('hex'),
    ...(isArray && { authorization: `Bearer ${SECRET}` }),
  };
  const body = isArray ? `[${events.join(',')}]` : first;
  return { version: '2.0', routeKey: requestContext.routeKey, rawPath: http.path, rawQueryString: '', headers, requestContext, body, isBase64Encoded: false };
}

function contender(handler: Handler, requests: readonly APIGatewayProxyEventV2[], eventsPerWebhook: number): Contender {
  return {
    unitsEachTime: requests.length * eventsPerWebhook,
    async run(times) {
      for (let left = times; left > 0; left -= 1) {
        for (const request of requests) {
          const { statusCode } = await handler(request, lambdaContext({ functionName: 'ingest', timeoutSeconds: TIMEOUT_SECONDS }));
          mustBeSame('a webhook', statusCode, 200);
        }
      }
    },
  };
}

answerJob(async ({ url, eventBytes, eventsPerWebhook, effort }: IngestJob) => {
  const events = benchEvents(eventsPerWebhook === 1 ? 20 : 2 * eventsPerWebhook, eventBytes, Date.now()).map((event) => JSON.stringify(event));
  const requests = chunks(events, eventsPerWebhook).map((some) => webhook(some, eventsPerWebhook > 1));
  const ours = createIngestHandler({ environment: process.env, telemetry: createTelemetry({ service: 'ingest', stack: 'bench' }) });
  const sides = { ingest: contender(ours, requests, eventsPerWebhook), 'a bare handler': contender(bareHandler(process.env['QUEUE_URL'] ?? ''), requests, eventsPerWebhook) };
  for (const [name, side] of Object.entries(sides)) {
    const { messages } = await arrivedDuring(url, async () => side.run(1));
    mustBeSame(name, messages.toSorted(), events.toSorted());
  }
  return alternate(sides.ingest, sides['a bare handler'], effort);
});
