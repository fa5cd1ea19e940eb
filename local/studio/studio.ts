import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

import type { Settled } from '../../lambda/forward/settle.ts';
import { messageOf } from '../../lambda/error-text.ts';
import { requestTarget } from '../http/request-target.ts';
import type { State } from '../state.ts';
import { createApi } from './api-answers.ts';
import { createBundler } from './bundle.ts';
import { isOpenedAsPage, refuseOtherSites } from './guard.ts';
import { createLiveEvents } from './live-event.ts';
import { createMinutes } from './minutes.ts';
import type { StudioOptions } from './options.ts';
import { createPage, PAGE_PATHS } from './page.ts';
import { StudioProblem } from './problem.ts';
import { answerJson } from './request.ts';
import { runOf } from './run.ts';
import { createRuns } from './runs.ts';
import type { RunBounds } from './runs.ts';
import { createStreams } from './stream.ts';

const PAGE_FOLDER = join(import.meta.dirname, 'page');
const API = '/api/studio/';
const BOUNDS: RunBounds = { maxRuns: 5_000, maxBytes: 64 * 1024 * 1024 };

/** The page at `/` and its API. */
export interface Studio {
  /** Takes note of the fates of a batch. */
  onSettled(settled: readonly Settled[], mappingVersion: string): void;
  /** Does what takes a while before somebody opens the page: reads the newest of the ledger into the list, and makes the bundle. */
  prepare(): Promise<void>;
  /** True if the path is the studio's to answer. */
  serves(path: string): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Lets all open pages go. */
  stop(): void;
}

export function createStudio(options: StudioOptions): Studio {
  const { mappings, services, state, report, now = Date.now, pageFolder = PAGE_FOLDER, bounds = BOUNDS } = options;
  const token = randomBytes(32).toString('base64url');
  const startedAt = now();
  let isStopped = false;
  const runs = createRuns(bounds);
  const minutes = createMinutes();
  const liveEvent = createLiveEvents((version) => mappings.ofVersion(version)?.compiled);
  const counts = async () => ({ ...countsOf(await state()), mappingsStamp: mappings.stamp(), lastMinutes: minutes.list(now()) });
  const streams = createStreams({ runs, liveEvent, counts });
  const loadBundle = createBundler(pageFolder);
  const answerPage = createPage(loadBundle, token);
  const answerApi = createApi({ ...options, now, runs, liveEvent, streams, token, newId: randomUUID });

  function unexpected(cause: unknown, path: string): StudioProblem {
    report({ at: 'studio', message: `Answering ${path} failed; the page is told so.`, cause });
    return new StudioProblem(500, 'The bridge failed at this. See what npm start printed, and report it.');
  }

  async function recall(): Promise<void> {
    try {
      for await (const older of services.past()) {
        // The ledger already holds what has passed since, and so does the list.
        const before = older.filter(({ at }) => at < startedAt);
        for (const { at, fate } of before) minutes.add(at, fate);
        if (!runs.addOlder(before)) return;
      }
    } catch (cause) {
      if (isStopped) return;
      report({ at: 'studio', message: `The events from before can't be read out of the ledger, so the page starts without them: ${messageOf(cause)}` });
    }
  }

  return {
    serves: (path) => PAGE_PATHS.includes(path) || path.startsWith(API),
    stop() {
      isStopped = true;
      streams.stop();
    },
    onSettled(settled, mappingVersion) {
      const at = now();
      for (const one of settled) {
        runs.add(runOf(one, mappingVersion, at));
        minutes.add(at, one.fate.kind);
      }
    },
    async prepare() {
      // Whoever opens the page is told what is wrong with it.
      await Promise.all([recall(), loadBundle().catch(() => undefined)]);
    },
    async answer(request, response) {
      const { rawPath, rawQueryString } = requestTarget(request);
      try {
        if (rawPath !== '/' || !isOpenedAsPage(request)) refuseOtherSites(request);
        if (rawPath.startsWith(API)) return await answerApi(request, response, rawPath, new URLSearchParams(rawQueryString));
        await answerPage(request, response, rawPath);
      } catch (error) {
        const { status, message } = error instanceof StudioProblem ? error : unexpected(error, rawPath);
        if (response.headersSent) response.destroy();
        else answerJson(response, status, { error: message });
      }
    },
  };
}

function countsOf({ accepted, fates, queue, target }: State) {
  return { accepted, fates, waiting: queue.visible + queue.inFlight, deadLetters: queue.deadLetters, target };
}
