import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A usage event as it arrived. */
export type ArrivedEvent = Readonly<Record<string, unknown>>;

/** A request as it arrived. */
export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body's usage events; none if it isn't a JSON array. */
  readonly events: readonly ArrivedEvent[];
  /** Counts connections from 0: requests with the same number shared one. */
  readonly connection: number;
}

/** What the stand-in does with a request. Whatever says 2xx to the client has stored the events before. */
export type Behaviour =
  /** With `stores`, another status has stored the events too: an answer that is not the truth. */
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly stores?: boolean }
  /** Sends the status and the start of the body, then nothing more. */
  | { readonly kind: 'stall'; readonly status: number; readonly body: string }
  /** Never answers, after storing the events or without it. */
  | { readonly kind: 'hang'; readonly stores?: boolean }
  /** Drops the connection, after storing the events or without it. */
  | { readonly kind: 'cut'; readonly stores: boolean }
  /** Sends these bytes as they are, and leaves the connection open. */
  | { readonly kind: 'raw'; readonly bytes: string };

/** Decides each request; a promise that is kept later delays the answer. `index` counts requests from 0. */
export type Decide = (request: ArrivedRequest, index: number) => Behaviour | Promise<Behaviour>;

export interface MetronomeStandIn {
  /** The origin, as `METRONOME_BASE_URL` takes it. */
  readonly url: string;
  readonly requests: readonly ArrivedRequest[];
  /** What would be billed: the first event of each transaction_id that was stored. */
  readonly billed: ReadonlyMap<string, ArrivedEvent>;
  stop(): Promise<void>;
}

export const TAKEN: Behaviour = { kind: 'answer', status: 200 };

/** An answer as Metronome words its refusals. */
export function refusal(status: number, message = 'refused'): Behaviour {
  return { kind: 'answer', status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

/**
 * Metronome's ingest on 127.0.0.1, over real HTTP; a test decides what becomes of each request.
 * @param port 0 takes any free one; another is for a tunnel that has to know it beforehand
 */
export async function startMetronomeStandIn(decide: Decide = () => TAKEN, port = 0): Promise<MetronomeStandIn> {
  const requests: ArrivedRequest[] = [];
  const billed = new Map<string, ArrivedEvent>();
  const connections = new Map<Socket, number>();

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = await arrivedRequest(incoming, connections.get(incoming.socket) ?? -1);
    const behaviour = await decide(arrived, requests.push(arrived) - 1);
    if (stores(behaviour)) {
      for (const event of arrived.events) {
        const id = String(event['transaction_id']);
        if (!billed.has(id)) billed.set(id, event);
      }
    }
    behave(behaviour, response);
  }

  const server = createServer((incoming, response) => {
    // A client that goes away while it sends is what some tests are about.
    handle(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket) => connections.set(socket, connections.size));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    billed,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of connections.keys()) socket.destroy();
      await closed;
    },
  };
}

async function arrivedRequest(incoming: IncomingMessage, connection: number): Promise<ArrivedRequest> {
  const { method = '', url: path = '', headers } = incoming;
  const body = await text(incoming);
  return { method, path, headers, body, events: eventsIn(body), connection };
}

function eventsIn(body: string): readonly ArrivedEvent[] {
  try {
    const parsed: unknown = JSON.parse(body);
    return Array.isArray(parsed) ? parsed.filter((event) => typeof event === 'object' && event !== null) : [];
  } catch {
    return [];
  }
}

/** True if the events are stored, whatever the client hears of it. */
export function stores(behaviour: Behaviour): boolean {
  if ('stores' in behaviour && behaviour.stores !== undefined) return behaviour.stores;
  return 'status' in behaviour && behaviour.status >= 200 && behaviour.status < 300;
}

function behave(behaviour: Behaviour, response: ServerResponse): void {
  switch (behaviour.kind) {
    case 'answer':
      response.writeHead(behaviour.status, { ...behaviour.headers });
      response.end(behaviour.body);
      return;
    case 'stall':
      response.writeHead(behaviour.status);
      response.write(behaviour.body);
      return;
    case 'hang':
      return;
    case 'cut':
      response.destroy();
      return;
    case 'raw':
      response.socket?.write(behaviour.bytes);
  }
}
