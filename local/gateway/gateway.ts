import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { HTTP_API_MAX_BODY_BYTES } from '../../lambda/limits.ts';
import { httpAnswer, sendAnswer } from './http-api-answer.ts';
import { httpApiEvent } from './http-api-event.ts';
import { listenOnLoopback } from '../http/http-server.ts';
import type { LoopbackServer } from '../http/http-server.ts';
import { invokeWithin } from '../function/invocation.ts';
import { lambdaContext } from '../function/lambda-context.ts';
import type { Report } from '../problem.ts';
import { createByteBudget } from '../http/byte-budget.ts';
import type { ByteBudget } from '../http/byte-budget.ts';
import { readBody } from '../http/read-body.ts';
import { requestTarget } from '../http/request-target.ts';
import { sendMessage } from '../http/send-json.ts';

/** Request bodies in memory at once, in bytes: a dozen of the largest that ingest takes. */
const MAX_BYTES_IN_HAND = 64 * 1024 * 1024;

export type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2 | string>;

export interface GatewayOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Functions by exact path, each for any method. */
  readonly routes: Readonly<Record<string, HttpHandler>>;
  /** Answers what has no route; without it that is a 404. It must check the Host itself where it shows what is private. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
  /** A sentence refuses a routed request with a 503 and a report, before its body is read: not for good, as its sender may be Segment. */
  readonly refusal?: (request: IncomingMessage) => string | undefined;
  /** Names the functions in contexts and reports. */
  readonly functionName: string;
  readonly functionTimeoutSeconds: number;
  readonly report: Report;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * An HTTP API on 127.0.0.1: requests become payload format 2.0 events, results become responses, and what API Gateway answers
 * by itself (404, 413, 500, 503) is answered in its words.
 * @throws the original error when the port can't be had (`EADDRINUSE`, `EACCES`).
 */
export function startGateway(options: GatewayOptions): Promise<LoopbackServer> {
  const { port, report, functionTimeoutSeconds } = options;
  const budget = createByteBudget(MAX_BYTES_IN_HAND);
  const stopGraceMs = (functionTimeoutSeconds + 1) * 1000;
  return listenOnLoopback({ port, at: 'gateway', report, stopGraceMs, answer: (request, response) => answer(options, budget, request, response) });
}

async function answer(options: GatewayOptions, budget: ByteBudget, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { routes, fallback, refusal, now = Date.now } = options;
  const { rawPath } = requestTarget(request);
  const handler = Object.hasOwn(routes, rawPath) ? routes[rawPath] : undefined;
  if (handler === undefined) return fallback === undefined ? sendMessage(response, 404, 'Not Found') : fallback(request, response);

  const refused = refusal?.(request);
  if (refused !== undefined) {
    options.report({ at: 'gateway', message: refused });
    return sendMessage(response, 503, refused);
  }
  const body = await readBody(request, HTTP_API_MAX_BODY_BYTES, budget);
  if (body.kind === 'cut_off') return;
  if (body.kind === 'too_large') return sendMessage(response, 413, 'Request Entity Too Large');
  // AWS would start more functions; one process has one memory.
  if (body.kind === 'no_room') {
    options.report({ at: 'gateway', message: 'Too many bytes of requests are in memory at once; callers get a 503 until some are done.' });
    return sendMessage(response, 503, 'Service Unavailable');
  }
  try {
    await invoke(options, handler, httpApiEvent(request, body.bytes, now()), response);
  } finally {
    budget.giveBack(body.bytes.length);
  }
}

async function invoke(options: GatewayOptions, handler: HttpHandler, event: APIGatewayProxyEventV2, response: ServerResponse): Promise<void> {
  const { functionName, functionTimeoutSeconds: timeoutSeconds, now, report } = options;
  const context = lambdaContext({ functionName, timeoutSeconds, now });
  const invocation = await invokeWithin(timeoutSeconds, () => handler(event, context));
  if (invocation.kind === 'timed_out') {
    report({ at: 'gateway', message: `${functionName} was still running after ${timeoutSeconds} s; the caller gets a 503.` });
    return sendMessage(response, 503, 'Service Unavailable');
  }
  if (invocation.kind === 'threw') {
    report({ at: 'gateway', message: `${functionName} threw; the caller gets a 500.`, cause: invocation.error });
    return sendMessage(response, 500, 'Internal Server Error');
  }
  try {
    sendAnswer(response, httpAnswer(invocation.value));
  } catch (cause) {
    report({ at: 'gateway', message: `${functionName} returned what is no HTTP response; the caller gets a 500.`, cause });
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    sendMessage(response, 500, 'Internal Server Error');
  }
}
