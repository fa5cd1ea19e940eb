import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { requestTarget } from '../http/request-target.ts';

/** Content types API Gateway hands over as text; every other body travels base64. */
const TEXT_TYPE = /^(?:text\/.+|application\/(?:json|xml|javascript)|.+\+(?:json|xml))$/;
/** Headers a gateway consumes: those of one connection (RFC 9110, section 7.6.1), and `cookie`, which has its own field. */
const CONSUMED = new Set(['cookie', 'connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A request as an HTTP API hands it to a function: payload format 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 * @param nowMillis when the request arrived, in milliseconds since 1970.
 */
export function httpApiEvent(request: IncomingMessage, rawBody: Buffer, nowMillis: number): APIGatewayProxyEventV2 {
  const { rawPath, rawQueryString } = requestTarget(request);
  const headers = joinedHeaders(request.rawHeaders);
  const { cookie } = request.headers;
  const method = request.method ?? 'GET';
  const routeKey = `ANY ${rawPath}`;
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(';').map((pair) => pair.trim()) }),
    headers,
    ...(rawQueryString !== '' && { queryStringParameters: joinedQuery(rawQueryString) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: accessLogTime(nowMillis),
      timeEpoch: nowMillis,
    },
    ...bodyFields(rawBody, headers['content-type'] ?? ''),
  };
}

function bodyFields(rawBody: Buffer, contentType: string): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  if (rawBody.length === 0) return { isBase64Encoded: false };
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const isText = TEXT_TYPE.test(mediaType) && isUtf8(rawBody);
  return isText ? { body: rawBody.toString('utf8'), isBase64Encoded: false } : { body: rawBody.toString('base64'), isBase64Encoded: true };
}

/** Names in lower case, repeated ones joined by commas. Node's own `headers` would drop some repetitions. */
function joinedHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!CONSUMED.has(name)) pairs.push([name, rawHeaders[at + 1] ?? '']);
  }
  return joined(pairs);
}

function joinedQuery(rawQueryString: string): Record<string, string> {
  return joined(new URLSearchParams(rawQueryString));
}

function joined(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/** `22/Nov/2026:12:13:04 +0000` */
function accessLogTime(nowMillis: number): string {
  const [date = '', clock = ''] = new Date(nowMillis).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}
