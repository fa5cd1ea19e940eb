import type { IncomingMessage, ServerResponse } from 'node:http';

import { createByteBudget } from '../http/byte-budget.ts';
import { shared } from '../http/shared.ts';
import { PATHS } from './api.ts';
import type { LiveEvent } from './api.ts';
import { eventDetail } from './detail.ts';
import { eventPage, numberFrom } from './events.ts';
import { refuseWithoutToken } from './guard.ts';
import { lintView } from './lint-view.ts';
import { mappingsView } from './mappings-view.ts';
import { StudioProblem } from './problem.ts';
import type { StudioOptions } from './options.ts';
import { answerJson, bodyOf, MAX_BODY_BYTES } from './request.ts';
import type { Body } from './request.ts';
import { runOver } from './run-over.ts';
import type { KeptRun, Runs } from './runs.ts';
import { samples } from './samples.ts';
import { saveMappings } from './save.ts';
import { SEND_KINDS, sendWebhook } from './send.ts';
import type { Streams } from './stream.ts';
import { tryEvent } from './try.ts';

/** Request bodies in memory at once, in bytes. */
const MAX_BYTES_IN_HAND = 4 * MAX_BODY_BYTES;
/** Nothing of the studio's is nested so deep; what is was made to overflow a stack. */
const TOO_DEEP = 'The text is nested too deeply to be read. Take some of its levels away.';

export interface ApiOptions extends Omit<StudioOptions, 'now'> {
  readonly now: () => number;
  readonly runs: Runs;
  readonly liveEvent: (kept: KeptRun) => LiveEvent;
  readonly streams: Streams;
  readonly token: string;
  readonly newId: () => string;
}

type Answer = (query: URLSearchParams, request: IncomingMessage, response: ServerResponse) => unknown;

interface Route {
  readonly method: 'GET' | 'POST';
  /** Gives what is sent as JSON, unless it has answered by itself. */
  readonly answer: Answer;
}

export type AnswerApi = (request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams) => Promise<void>;

/** The API behind the page; each request needs the page's token. */
export function createApi(options: ApiOptions): AnswerApi {
  const routes = new Map(Object.entries(routesOf(options)));
  return async (request, response, path, query) => {
    refuseWithoutToken(request, options.token);
    const route = routes.get(path);
    if (route === undefined) throw new StudioProblem(404, 'The studio has no such path. Reload the page: it may be of another version.');
    if (request.method !== route.method) throw new StudioProblem(405, `Use ${route.method}.`);
    try {
      const answer = await route.answer(query, request, response);
      if (!response.headersSent) answerJson(response, 200, answer);
    } catch (error) {
      throw error instanceof RangeError ? new StudioProblem(422, TOO_DEEP) : error;
    }
  };
}

function routesOf(options: ApiOptions): Readonly<Record<string, Route>> {
  const budget = createByteBudget(MAX_BYTES_IN_HAND);
  const get = (answer: Answer): Route => ({ method: 'GET', answer });
  const post = (answer: (body: Body) => unknown): Route => ({ method: 'POST', answer: async (_query, request) => answer(await bodyOf(request, budget)) });
  const { runs, liveEvent, streams, services, mappings, now } = options;
  // It is read out of the whole ledger: several pages share one reading.
  const quarantine = shared(() => services.quarantine());
  return {
    [PATHS.events]: get((query) => eventPage(runs, liveEvent, query)),
    [PATHS.stream]: get((query, _request, response) => streams.open(response, numberFrom(query, 'after'))),
    [PATHS.event]: get((query) => detailOf(numberFrom(query, 'seq'), options)),
    [PATHS.mappings]: get(() => mappingsView(mappings, runs, services)),
    [PATHS.lint]: post((body) => lintView(body.text('text'), services)),
    [PATHS.try]: post((body) => tryEvent({ text: body.text('text'), event: body.text('event'), savedText: mappings.current().text, now: now(), services })),
    [PATHS.run]: post((body) => runOver({ text: body.text('text'), saved: mappings.current().compiled.mappings, runs, liveEvent, services })),
    [PATHS.save]: post((body) => saveAndUse(body, options)),
    [PATHS.quarantine]: get(quarantine),
    [PATHS.replay]: post((body) => services.replay({ reason: body.optionalText('reason'), field: body.optionalText('field'), dryRun: !body.isFalse('dryRun') })),
    [PATHS.samples]: get(() => samples(options.samplesFolder, now(), options.newId)),
    [PATHS.send]: post((body) => send(body, options)),
  };
}

function detailOf(seq: number | undefined, options: ApiOptions): unknown {
  const kept = seq === undefined ? undefined : options.runs.find(seq);
  if (kept === undefined) throw new StudioProblem(404, 'The event is no longer among the latest. Find it by its id: npm run bridge -- trace <messageId> --local');
  return eventDetail(kept, { ...options, ofVersion: (version) => options.mappings.ofVersion(version) });
}

/** The next batch is mapped with it. */
function saveAndUse(body: Body, { mappings, services }: ApiOptions): unknown {
  const saved = saveMappings(mappings.path, body.text('text'), body.text('baseVersion'), services);
  mappings.current();
  return saved;
}

function send(body: Body, { webhookUrl, secrets, now }: ApiOptions): unknown {
  const kind = SEND_KINDS.find((known) => known === body.text('kind'));
  if (kind === undefined) throw new StudioProblem(400, `The request's "kind" must be one of ${SEND_KINDS.join(', ')}.`);
  return sendWebhook({ kind, event: body.text('event') }, { ...secrets, webhookUrl: webhookUrl(), now });
}
