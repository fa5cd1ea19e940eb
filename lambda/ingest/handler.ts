import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';

import { EnvironmentError, numberFrom, textFrom } from '../environment.ts';
import { createSecretSource } from '../secrets.ts';
import { errorName } from '../error-text.ts';
import { createTelemetry } from '../telemetry.ts';
import type { Telemetry } from '../telemetry.ts';
import { UNAVAILABLE } from './answer.ts';
import type { Answer } from './answer.ts';
import { enqueue } from './enqueue.ts';
import { ingest } from './ingest.ts';
import type { IngestDeps, WebhookRequest } from './ingest.ts';

/** Time kept for answering when everything else hangs, in milliseconds: Segment must hear a 503, not a broken connection. */
const ANSWER_MARGIN_MS = 500;
/** Storing ends earlier than that, in milliseconds, so that nothing of it goes on once the answer is out. */
const STORE_MARGIN_MS = 1_000;

export type IngestHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

export interface IngestHandlerOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly telemetry: Telemetry;
  /** Told the SQS message ids of what was stored, before the answer goes out. */
  readonly onStored?: (messageIds: readonly string[]) => void;
}

/** The ingest function. Its settings are read on the first request, so that a wrong one is an answer and not a crash at start. */
export function createIngestHandler(options: IngestHandlerOptions): IngestHandler {
  let deps: IngestDeps | undefined;
  const handle = async (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    deps ??= connect(options);
    return resultOf(await ingest(requestOf(event, Date.now() + context.getRemainingTimeInMillis() - STORE_MARGIN_MS), deps));
  };
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(handle, {
    timeoutEarlyInMillis: ANSWER_MARGIN_MS,
    timeoutEarlyResponse: () => {
      options.telemetry.count('StoreFailed');
      options.telemetry.error('ingest_out_of_time');
      return resultOf(UNAVAILABLE);
    },
    requestEnd: () => options.telemetry.flush(),
  }).onError((request) => {
    // But for our own settings only the error's class: another message may quote the body.
    const advice = request.error instanceof EnvironmentError ? request.error.message : undefined;
    options.telemetry.error('ingest_crashed', { error: errorName(request.error), advice });
    request.response = resultOf(UNAVAILABLE);
  });
  return (event, context) => handler(event, context);
}

function connect({ environment, telemetry, onStored }: IngestHandlerOptions): IngestDeps {
  const secretsManager = new SecretsManagerClient({});
  const queueUrl = textFrom(environment, 'QUEUE_URL');
  const previousSecretHours = numberFrom(environment, 'PREVIOUS_SECRET_HOURS');
  const sqs = new SQSClient({});
  const secret = (secretId: string) =>
    createSecretSource({
      client: secretsManager,
      secretId,
      previousSecretHours,
      now: Date.now,
      onStale: (error) => telemetry.error('secret_refresh_failed', { secretId, error: errorName(error) }),
    });
  return {
    telemetry,
    secrets: { segment: secret(textFrom(environment, 'SEGMENT_SECRET_ARN')), endpointToken: secret(textFrom(environment, 'ENDPOINT_TOKEN_SECRET_ARN')) },
    store: async (events, deadline) => {
      const enqueued = await enqueue(events, deadline, {
        sqs,
        queueUrl,
        now: Date.now,
        random: Math.random,
        sleep,
        onFailure: ({ code, entries }) => telemetry.warn('send_message_failed', { code, entries }),
      });
      onStored?.(enqueued.stored);
      return enqueued;
    },
  };
}

/** API Gateway lower-cases header names; empty values count as absent. */
function requestOf(event: APIGatewayProxyEventV2, deadline: number): WebhookRequest {
  return {
    requestId: event.requestContext.requestId,
    method: event.requestContext.http.method,
    deadline,
    credentials: { signature: event.headers['x-signature'] || undefined, authorization: event.headers['authorization'] || undefined },
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function resultOf(answer: Answer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
    body: JSON.stringify(answer.body),
  };
}

export const handler: IngestHandler = createIngestHandler({ environment: process.env, telemetry: createTelemetry({ service: 'ingest', stack: process.env['STACK_NAME'] }) });
