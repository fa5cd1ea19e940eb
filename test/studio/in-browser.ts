import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Browser } from 'playwright-core';

import { endLeftovers } from '../helpers/local-process.ts';
import { findChromium } from './chromium.ts';
import { launchChromium } from './launch.ts';
import { startStudio } from './studio.ts';
import type { Studio } from './studio.ts';

/** Of a test that drives the page: on a loaded machine a slow one is no failed one. */
export const IN_BROWSER_MS = 60_000;

const executablePath = findChromium(process.env);

/** What the tests of one suite share. */
export interface InBrowser {
  browser(): Browser;
  /** A local run of this suite's own, stopped after it. */
  studio(): Studio;
}

interface Setting {
  /** The mappings file that the local run begins with. */
  readonly mappings?: string;
  readonly browserArguments?: readonly string[];
}

/** A suite on a real browser and a real local run; skipped where no browser is. */
export function describeInBrowser(name: string, tests: (shared: InBrowser) => void, { mappings, browserArguments = [] }: Setting = {}): void {
  const suite = executablePath === undefined ? describe.skip : describe;
  suite(name, () => {
    let browser: Browser | undefined;
    let studio: Studio | undefined;
    beforeAll(async () => {
      [browser, studio] = await Promise.all([launchChromium(there(executablePath), browserArguments), startStudio(mappings)]);
    }, IN_BROWSER_MS);
    afterAll(async () => {
      await browser?.close();
      await studio?.stop();
      endLeftovers();
    }, IN_BROWSER_MS);
    tests({ browser: () => there(browser), studio: () => there(studio) });
  });
}

function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('asked for before the suite began');
  return one;
}
