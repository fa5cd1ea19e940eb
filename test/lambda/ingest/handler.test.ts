import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { createIngestHandler } from '../../../lambda/ingest/handler.ts';
import { lambdaContext } from '../../../local/function/lambda-context.ts';
import { signature } from '../../helpers/segment.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';

const SECRET = 'shared-secret';
const EVENT = '{"type":"track","messageId":"m1"}';
const SETTINGS = { QUEUE_URL: '', SEGMENT_SECRET_ARN: 'segment', ENDPOINT_TOKEN_SECRET_ARN: 'token', PREVIOUS_SECRET_HOURS: '0' };

/** Secrets Manager and SQS in one: each action answers, or never does. */
type Aws = { secret: 'answers' | 'hangs'; queue: 'answers' | 'hangs' };

const aws: Aws = { secret: 'answers', queue: 'answers' };
const bodies: string[] = [];
const environmentBefore = { ...process.env };
let server: Server;
let queueUrl: string;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function answer(action: string, request: Readonly<Record<string, unknown>>, response: ServerResponse): void {
  if (action.endsWith('GetSecretValue')) {
    if (aws.secret === 'answers') response.end(JSON.stringify({ SecretString: SECRET, CreatedDate: 1_700_000_000 }));
    return;
  }
  const entries = request['Entries'] as { Id: string; MessageBody: string }[];
  bodies.push(...entries.map(({ MessageBody }) => MessageBody));
  if (aws.queue === 'hangs') return;
  response.end(JSON.stringify({ Successful: entries.map(({ Id, MessageBody }) => ({ Id, MessageId: `id-${Id}`, MD5OfMessageBody: md5(MessageBody) })), Failed: [] }));
}

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    void json(request).then((body) => answer(String(request.headers['x-amz-target']), body as Record<string, unknown>, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  queueUrl = `${endpoint}/000000000000/events`;
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

afterAll(() => {
  process.env = environmentBefore;
  server.closeAllConnections();
  server.close();
});

function event(body: string, isBase64Encoded = false): APIGatewayProxyEventV2 {
  const headers = { 'x-signature': signature(Buffer.from(body), SECRET), 'content-type': 'application/json' };
  const requestContext = { requestId: 'r1', http: { method: 'POST' } };
  return { headers, requestContext, body: isBase64Encoded ? Buffer.from(body).toString('base64') : body, isBase64Encoded } as unknown as APIGatewayProxyEventV2;
}

function fixture(settings: Readonly<Record<string, string>> = { ...SETTINGS, QUEUE_URL: queueUrl }): {
  handler: ReturnType<typeof createIngestHandler>;
  telemetry: ReturnType<typeof recordingTelemetry>;
  stored: string[];
} {
  const telemetry = recordingTelemetry();
  const stored: string[] = [];
  return { handler: createIngestHandler({ environment: settings, telemetry, onStored: (ids) => stored.push(...ids) }), telemetry, stored };
}

const context = (timeoutSeconds: number): ReturnType<typeof lambdaContext> => lambdaContext({ functionName: 'ingest', timeoutSeconds });

describe('createIngestHandler', () => {
  it.each([false, true])('stores the exact bytes and writes out its metrics (base64: %s)', async (isBase64Encoded) => {
    const { handler, telemetry, stored } = fixture();
    bodies.length = 0;

    const result = await handler(event(EVENT, isBase64Encoded), context(9));

    expect(result).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"accepted":1}' });
    expect(bodies).toEqual([EVENT]);
    expect(stored).toEqual(['id-0']);
    expect(telemetry.counts.get('Accepted')).toBe(1);
    expect(telemetry.flushes).toBe(1);
  });

  it('answers 503 when a setting is missing, and names it in the log', async () => {
    const { handler, telemetry } = fixture({});

    expect(await handler(event(EVENT), context(9))).toMatchObject({ statusCode: 503 });
    expect(telemetry.lines).toEqual([{ level: 'error', event: 'ingest_crashed', fields: { error: 'EnvironmentError', advice: expect.stringContaining('QUEUE_URL is not set') } }]);
  });

  it.each<[string, Partial<Aws>]>([
    ['the secret', { secret: 'hangs' }],
    ['the queue', { queue: 'hangs' }],
  ])('answers 503 in time when %s hangs: Segment must not wait in vain', async (_, hanging) => {
    const { handler, telemetry } = fixture();
    Object.assign(aws, hanging);
    try {
      expect(await handler(event(EVENT), context(1.2))).toMatchObject({ statusCode: 503, body: expect.stringContaining('unavailable') });
      expect(telemetry.flushes).toBe(1);
    } finally {
      Object.assign(aws, { secret: 'answers', queue: 'answers' });
    }
  });
});
