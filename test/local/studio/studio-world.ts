import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createStudioServices } from '../../../cli/studio/services.ts';
import type { QueuedEvent } from '../../../lambda/forward/record.ts';
import { route } from '../../../lambda/forward/route.ts';
import { settle } from '../../../lambda/forward/settle.ts';
import type { Settled } from '../../../lambda/forward/settle.ts';
import { listenOnLoopback } from '../../../local/http/http-server.ts';
import type { Problem } from '../../../local/problem.ts';
import { openHotMappings } from '../../../local/studio/hot-mappings.ts';
import type { HotMappings } from '../../../local/studio/hot-mappings.ts';
import { problemsIn } from '../../../local/studio/lint-view.ts';
import type { RunBounds } from '../../../local/studio/runs.ts';
import type { StudioServices } from '../../../local/studio/services.ts';
import { createStudio } from '../../../local/studio/studio.ts';
import type { Studio } from '../../../local/studio/studio.ts';
import { rawRequest } from '../http/raw-request.ts';
import type { RawAnswer } from '../http/raw-request.ts';
import { PROJECT_FOLDER } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

export const NOW = Date.parse('2026-11-02T03:04:05.006Z');

/** The mappings file that the worlds begin with. */
export const MAPPING = {
  name: 'all',
  trigger: 'type = "track"',
  mapping: {
    transaction_id: { '@path': '$.messageId' },
    customer_id: { '@path': '$.context.groupId' },
    timestamp: { '@path': '$.timestamp' },
    event_type: { '@path': '$.event' },
    properties: { '@path': '$.properties' },
  },
};

export function mappingsText(...entries: readonly object[]): string {
  return `${JSON.stringify({ $schema: './mappings.schema.json', mappings: entries.length === 0 ? [MAPPING] : entries }, undefined, 2)}\n`;
}

export const PAGE = {
  'index.html': '<!doctype html><meta name="studio-token" content="{{token}}"><meta name="studio-nonce" content="{{nonce}}"><script type="module" src="/studio.js"></script>',
  'main.tsx': 'document.title = "studio";',
  'studio.css': 'body { margin: 0 }',
};

/** A studio on a server of its own, without a bridge behind it: forward's part is played by `settle`. */
export interface StudioWorld {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly studio: Studio;
  readonly mappings: HotMappings;
  readonly problems: readonly Problem[];
  /** Takes events, or texts, to the fates that the running mappings give them. */
  settle(events: readonly unknown[], changes?: Partial<QueuedEvent>): readonly Settled[];
  /** Asks the API with the page's token; a body makes it a POST. */
  ask(path: string, body?: unknown): Promise<RawAnswer>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly text?: string;
  readonly page?: Readonly<Record<string, string>>;
  readonly services?: Partial<StudioServices>;
  readonly bounds?: RunBounds;
  readonly webhookUrl?: string;
}

export async function startStudioWorld({ text = mappingsText(), page = PAGE, services: own, bounds, webhookUrl = '' }: WorldOptions = {}): Promise<StudioWorld> {
  const { path: folder, remove } = temporaryFolder();
  const pageFolder = join(folder, 'page');
  mkdirSync(pageFolder);
  for (const [name, content] of Object.entries(page)) writeFileSync(join(pageFolder, name), content);
  const path = join(folder, 'mappings.json');
  writeFileSync(path, text);
  const problems: Problem[] = [];
  const services = { ...createStudioServices({ mappingsName: 'mappings.json', target: 'sandbox', environment: {}, projectFolder: PROJECT_FOLDER, now: () => NOW }), ...own };
  const mappings = openHotMappings({ path, problemsOf: (changed) => problemsIn(services.check(changed)), onTrouble: (message) => problems.push({ at: 'studio', message }) });
  const state = async () => ({ accepted: settledEvents, fates: { delivered: 0, filtered: 0, quarantined: 0 }, quarantine: {}, queue: { visible: 1, inFlight: 2, deadLetters: 3 }, target: 'sandbox' });
  const report = (problem: Problem): void => void problems.push(problem);
  const studio = createStudio({ services, mappings, state, report, bounds, pageFolder, secrets: { segmentSharedSecret: 's3cret', endpointToken: 't0ken' }, samplesFolder: join(folder, 'samples'), webhookUrl: () => webhookUrl, now: () => NOW });
  const server = await listenOnLoopback({ port: 0, at: 'gateway', report, stopGraceMs: 1_000, answer: (request, response) => studio.answer(request, response) });
  const token = /studio-token" content="([^"]+)/.exec((await rawRequest(server.url)).body)?.[1] ?? '';
  let settledEvents = 0;

  return {
    url: server.url,
    token,
    folder,
    studio,
    mappings,
    problems,
    settle(events, changes) {
      const { compiled } = mappings.current();
      const settled = events.map((event) => settledAs(queued(event, (settledEvents += 1), changes), compiled.mappings));
      studio.onSettled(settled, compiled.version);
      return settled;
    },
    ask(asked, body) {
      const headers = { 'x-studio-token': token, 'content-type': 'application/json' };
      return rawRequest(`${server.url}${asked}`, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
    },
    async stop() {
      studio.stop();
      mappings.stop();
      await server.stop();
      remove();
    },
  };
}

function queued(event: unknown, number: number, changes: Partial<QueuedEvent> = {}): QueuedEvent {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return { sqsMessageId: `sqs-${number}`, receiptHandle: '', receiveCount: 1, firstReceivedAt: NOW, sentAt: NOW, acceptedAt: NOW - 1_500, body, encoding: 'text', text: body, ...changes };
}

function settledAs(event: QueuedEvent, mappings: Parameters<typeof route>[1]): Settled {
  const way = route(event, mappings, NOW);
  const ready = way.kind === 'usage' ? way.usage.filter((usage) => usage.kind === 'ready') : [];
  return settle(event, way, new Map(ready.map((usage) => [usage, { kind: 'delivered', status: 200 } as const])), NOW);
}
