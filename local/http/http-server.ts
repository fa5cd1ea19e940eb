import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem, Report } from '../problem.ts';
import { sendMessage } from './send-json.ts';

const HOST = '127.0.0.1';
/**
 * For receiving a request, in milliseconds: Segment and the SDKs send at once, and whoever trickles would hold memory that
 * others need.
 */
const TIME_LIMITS = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 1_000 };
/**
 * How long an idle connection is kept, in milliseconds. At Node's five seconds a busy machine closes connections just as the
 * next request is on its way, and a webhook is lost that Segment would have to send again.
 */
const KEEP_ALIVE_MS = 75_000;
/** Of every answer: nothing may be guessed from it, framed, or kept by a page of another site in the user's browser. */
const SAFE_HEADERS: ReadonlyMap<string, string> = new Map([
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
]);

export interface LoopbackServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
  readonly at: Problem['at'];
  readonly report: Report;
  /** How long `stop` waits for requests in flight before it cuts them, in milliseconds. */
  readonly stopGraceMs: number;
}

export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  /** Takes no more connections, lets requests in flight finish, closes idle sockets. */
  stop(): Promise<void>;
}

/**
 * An HTTP server only this machine can reach. An answer that throws becomes a 500 and a report.
 * @throws the original error when the port can't be had (`EADDRINUSE`, `EACCES`).
 */
export async function listenOnLoopback(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const inFlight = new Set<Promise<unknown>>();
  const server = createServer({ ...TIME_LIMITS, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    for (const [name, value] of SAFE_HEADERS) response.setHeader(name, value);
    const closed = new Promise((resolve) => response.once('close', resolve));
    const whole = Promise.all([closed, answerSafely(options, request, response)]);
    inFlight.add(whole);
    void whole.finally(() => inFlight.delete(whole));
  });
  server.listen(options.port, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port to tell.');

  let stopped: Promise<void> | undefined;
  return {
    url: `http://${HOST}:${address.port}`,
    port: address.port,
    stop: () => (stopped ??= stop()),
  };

  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    await settledWithin(inFlight, options.stopGraceMs);
    // What is left is idle, or a browser's spare connection that never sent a request.
    server.closeAllConnections();
    await closed;
  }
}

async function answerSafely(options: LoopbackServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await options.answer(request, response);
  } catch (cause) {
    options.report({ at: options.at, message: `Answering ${request.method} failed; the caller gets a 500.`, cause });
    if (response.headersSent) response.destroy();
    else sendMessage(response, 500, 'Internal Server Error');
  }
}

/** Waits until the set is empty, which may grow while a kept-alive connection sends one more request. */
async function settledWithin(promises: ReadonlySet<Promise<unknown>>, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), graceMs);
  });
  while (promises.size > 0) {
    const first = await Promise.race([Promise.all(promises), grace]);
    if (first === 'late') break;
  }
  clearTimeout(timer);
}
