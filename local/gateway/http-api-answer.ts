import { isObject } from '../../lambda/json-value.ts';
import type { ServerResponse } from 'node:http';

/** What goes back to the caller, taken from a function's result. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/**
 * Reads a function's result by the rules of payload format 2.0: with `statusCode` it is a response, without one it is the
 * body of a 200 (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 * @throws TypeError when it can't be sent as a response; API Gateway answers 500 then.
 */
export function httpAnswer(result: unknown): HttpAnswer {
  if (!isObject(result) || result.statusCode === undefined) {
    const text = typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
    return { status: 200, headers: [['content-type', 'application/json']], cookies: [], body: Buffer.from(text) };
  }
  const { statusCode, isBase64Encoded } = result;
  const [headers, cookies, body] = [result.headers ?? {}, result.cookies ?? [], result.body ?? ''];
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new TypeError('statusCode is no whole number from 200 to 599.');
  if (typeof body !== 'string') throw new TypeError('body is not a string.');
  if (!isObject(headers)) throw new TypeError('headers is not an object.');
  if (!Array.isArray(cookies)) throw new TypeError('cookies is not a list.');
  return {
    status,
    headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    cookies: cookies.map(String),
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** Writes an answer. @throws TypeError, before anything is sent, when a header can't be. */
export function sendAnswer(response: ServerResponse, { status, headers, cookies, body }: HttpAnswer): void {
  response.setHeader('content-type', 'text/plain;charset=UTF-8');
  for (const [name, value] of headers) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  // The length is ours to say: a wrong one from the function would garble the connection.
  response.removeHeader('transfer-encoding');
  response.setHeader('content-length', body.length);
  response.statusCode = status;
  response.end(body);
}
