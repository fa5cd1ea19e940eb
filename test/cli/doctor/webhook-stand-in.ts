import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { ingest } from '../../../lambda/ingest/ingest.ts';
import type { SecretSource } from '../../../lambda/secrets.ts';
import { recordingTelemetry } from '../../helpers/telemetry.ts';

export interface WebhookStandIn {
  readonly url: string;
  /** What was stored, each the text of an event. */
  readonly stored: readonly string[];
  /** What ingest counted, by metric. */
  readonly counts: ReadonlyMap<string, number>;
  /** The secrets that count; a test may change them. */
  readonly secrets: { segment: string; endpointToken: string };
  /** Answers this status instead, whatever comes. */
  always: number | undefined;
  stop(): Promise<void>;
}

/** The webhook on 127.0.0.1 over real HTTP: the project's own ingest, with a queue in memory. */
export async function startWebhookStandIn(secrets: WebhookStandIn['secrets']): Promise<WebhookStandIn> {
  const stored: string[] = [];
  const sourceOf = (name: keyof typeof secrets): SecretSource => {
    const read = async () => [{ value: secrets[name], stage: 'AWSCURRENT' as const }];
    return { read, reread: read };
  };
  const telemetry = recordingTelemetry();
  const deps = {
    secrets: { segment: sourceOf('segment'), endpointToken: sourceOf('endpointToken') },
    telemetry,
    store: async (events: readonly Buffer[]) => {
      stored.push(...events.map(String));
      return { stored: events.map((_, index) => String(index)), failed: 0 };
    },
  };
  const server = createServer((request, response) => {
    const { 'x-signature': signature, authorization } = request.headers;
    void buffer(request)
      .then((body) => ingest({ requestId: 'r-1', method: request.method ?? '', body, deadline: Date.now() + 1_000, credentials: { signature: signature?.toString(), authorization } }, deps))
      .then((answer) => response.writeHead(standIn.always ?? answer.status).end(standIn.always === undefined ? JSON.stringify(answer.body) : ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const standIn: WebhookStandIn = {
    url: `http://127.0.0.1:${address.port}/segment`,
    stored,
    counts: telemetry.counts,
    secrets,
    always: undefined,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return standIn;
}
