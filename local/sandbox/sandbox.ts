import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from '../http/http-server.ts';
import { isForLoopback } from '../http/loopback-host.ts';
import type { Report } from '../problem.ts';
import { readBody } from '../http/read-body.ts';
import { requestTarget } from '../http/request-target.ts';
import { findEvents, ingest, list, search } from './answers.ts';
import type { Answer } from './answers.ts';
import { openEventStore } from './event-store.ts';
import type { AcceptedEvent, EventStore } from './event-store.ts';
import { sendJson, sendMessage } from '../http/send-json.ts';

/** What Metronome's gateway takes; the docs give no figure, its OpenAPI file points at API Gateway and its 10 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const STOP_GRACE_MS = 2_000;

export interface SandboxOptions {
  /** The only bearer token it takes. */
  readonly token: string;
  /** A file, or `:memory:`. */
  readonly databasePath: string;
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  readonly report?: Report;
}

export interface Sandbox {
  /** The origin to use as Metronome's base URL. */
  readonly url: string;
  readonly port: number;
  /** Distinct accepted events, since the database began. */
  billed(): number;
  /** Accepted again under an id of the 34 days before, and ignored. */
  duplicates(): number;
  /** The remembered events with these ids, in the order asked; an unknown id is absent. */
  find(transactionIds: readonly string[]): readonly AcceptedEvent[];
  stop(): Promise<void>;
}

/**
 * A Metronome of one's own on 127.0.0.1: the documented rules of `POST /v1/ingest` and `POST /v1/events/search`
 * (https://docs.metronome.com), and `GET /events` for people.
 * @throws Error when the database can't be opened; the original error when the port can't be had.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { token, databasePath, port = 0, now = Date.now, report = () => undefined } = options;
  const store = openEventStore(databasePath);
  const answer = (request: IncomingMessage, response: ServerResponse): Promise<void> => route({ request, response, store, token, now });
  const server = await listenOnLoopback({ port, answer, at: 'sandbox', report, stopGraceMs: STOP_GRACE_MS }).catch((error: unknown) => {
    store.close();
    throw error;
  });
  let stopped: Promise<void> | undefined;
  return {
    url: server.url,
    port: server.port,
    billed: () => store.billed(),
    duplicates: () => store.duplicates(),
    find: (transactionIds) => findEvents(store, transactionIds, now()),
    stop: () => (stopped ??= server.stop().then(() => store.close())),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly store: EventStore;
  readonly token: string;
  readonly now: () => number;
}

const POST_ROUTES: Readonly<Record<string, (store: EventStore, rawBody: Buffer, nowMillis: number) => Answer>> = {
  '/v1/ingest': ingest,
  '/v1/events/search': search,
};

async function route({ request, response, store, token, now }: Exchange): Promise<void> {
  if (!isForLoopback(request)) return sendMessage(response, 403, 'Call this sandbox as 127.0.0.1 or localhost.');
  const { rawPath, rawQueryString } = requestTarget(request);

  if (rawPath === '/events') {
    if (request.method !== 'GET') return sendMessage(response, 405, 'Use GET on /events.', { allow: 'GET' });
    return send(response, list(store, new URLSearchParams(rawQueryString)));
  }
  const post = Object.hasOwn(POST_ROUTES, rawPath) ? POST_ROUTES[rawPath] : undefined;
  if (post === undefined) return sendMessage(response, 404, `There is no ${rawPath} here. The sandbox has POST /v1/ingest, POST /v1/events/search and GET /events.`);
  if (request.method !== 'POST') return sendMessage(response, 405, `Use POST on ${rawPath}.`, { allow: 'POST' });
  if (request.headers.authorization !== `Bearer ${token}`) return sendMessage(response, 403, 'Unauthorized');

  const body = await readBody(request, MAX_BODY_BYTES);
  if (body.kind === 'cut_off') return;
  if (body.kind === 'no_room') return sendMessage(response, 503, 'Service Unavailable');
  if (body.kind === 'too_large') return sendMessage(response, 413, 'The body is over 10 MB. Send fewer events in one request.');
  send(response, post(store, body.bytes, now()));
}

function send(response: ServerResponse, { status, json }: Answer): void {
  if (json !== '') return sendJson(response, status, json);
  response.writeHead(status, { 'content-length': 0 });
  response.end();
}
