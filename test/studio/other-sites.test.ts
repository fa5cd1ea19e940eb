import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';

import { PATHS } from '../../local/studio/api.ts';
import { trackEvent } from '../helpers/segment.ts';
import { rawRequest } from '../local/http/raw-request.ts';
import { mappingsText } from '../local/studio/studio-world.ts';
import { ATTACKS } from './attacks.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { startOtherSite } from './other-site.ts';
import type { OtherSite } from './other-site.ts';

/** Open to any program of this machine: a browser gets an answer, and has to keep it from the page. */
const OPEN_PATH = '/api/state';
const ALL_PATHS = [...Object.values(PATHS), '/', '/studio.js', '/studio.css', OPEN_PATH];
const OTHER_NAME = 'other-site.example';

/** What the studio would act upon if it took it. */
const BODY = JSON.stringify({ text: mappingsText().replace('"all"', '"theirs"'), baseVersion: '', dryRun: false, kind: 'single', event: JSON.stringify(trackEvent('theirs')) });

describeInBrowser(
  'a page of another site',
  ({ browser, studio }) => {
    let site: OtherSite;
    let context: BrowserContext;
    let token: string;
    let before: { readonly accepted: number; readonly mappings: string };
    /** What the bridge answered to any page that isn't its own. */
    const heard: string[] = [];
    const bridgeUrl = (): string => studio().bridge().url;

    beforeAll(async () => {
      site = await startOtherSite();
      token = /studio-token" content="([^"]+)/.exec((await rawRequest(bridgeUrl())).body)?.[1] ?? '';
      await studio().send(trackEvent('secret-id', { event: 'secret_name', context: {} }));
      const { accepted } = await studio().bridge().drained(IN_BROWSER_MS);
      before = { accepted, mappings: studio().mappings() };
      context = await browser().newContext();
      // Somebody has the studio open beside it.
      await (await context.newPage()).goto(bridgeUrl());
    }, IN_BROWSER_MS);
    afterAll(() => site.stop());

    async function pageAt(address: string): Promise<Page> {
      const page = await context.newPage();
      page.on('response', (response) => {
        const { port, pathname } = new URL(response.url());
        if (port === new URL(bridgeUrl()).port) heard.push(`${response.status()} ${pathname}`);
      });
      await page.goto(address);
      return page;
    }

    async function nothingHappened(): Promise<void> {
      expect(heard.filter((answer) => /^[23]/.test(answer) && answer !== `200 ${OPEN_PATH}`)).toEqual([]);
      const { accepted, fates } = await studio().bridge().drained(IN_BROWSER_MS);
      expect({ accepted, mappings: studio().mappings() }).toEqual(before);
      expect(fates.quarantined).toBe(1);
    }

    function attackFrom(page: Page, statements: string): Promise<readonly string[]> {
      const targets = ALL_PATHS.map((path) => `${bridgeUrl()}${path}`);
      return page.evaluate<readonly string[]>(
        `Promise.all(${JSON.stringify(targets)}.map((target) => (async (token, body) => { ${statements} })(${JSON.stringify(token)}, ${JSON.stringify(BODY)})))`,
      );
    }

    async function framedBy(page: Page): Promise<readonly string[]> {
      return Promise.all(page.frames().slice(1).map((frame) => frame.content()));
    }

    describe.each([
      ['another port of this machine', () => `http://127.0.0.1:${site.port}`],
      ['another name of this machine', () => `http://localhost:${site.port}`],
      ['a name of its own', () => `http://${OTHER_NAME}:${site.port}`],
    ])('at %s', (_where, origin) => {
      it.each(ATTACKS)('sees and does nothing by %s', async (_, statements) => {
        const page = await pageAt(origin());

        const seen = await attackFrom(page, statements);

        expect(seen).toEqual(ALL_PATHS.map(() => 'nothing'));
        expect((await framedBy(page)).filter((text) => text.includes(token) || text.includes('secret_name'))).toEqual([]);
        await nothingHappened();
        await page.close();
      }, IN_BROWSER_MS);
    });

    it('is not the studio when its name is made to point to this machine', async () => {
      const page = await pageAt(`http://${OTHER_NAME}:${new URL(bridgeUrl()).port}/`);
      expect(await page.content()).not.toContain('studio-token');

      const statuses = await page.evaluate<readonly number[]>(
        `((token, body) => Promise.all(${JSON.stringify(ALL_PATHS)}.flatMap((path) => [{ method: 'GET' }, { method: 'POST', body }].map((options) =>
          fetch(path, { ...options, headers: { 'x-studio-token': token } }).then(({ status }) => status)))))(${JSON.stringify(token)}, ${JSON.stringify(BODY)})`,
      );

      expect(statuses).toEqual(ALL_PATHS.flatMap(() => [403, 403]));
      await nothingHappened();
    }, IN_BROWSER_MS);

    it('has no hold on a studio that it opens', async () => {
      const page = await pageAt(`http://127.0.0.1:${site.port}`);
      const opening = context.waitForEvent('page');

      await page.evaluate(`globalThis.opened = open(${JSON.stringify(bridgeUrl())}); undefined`);
      const opened = await opening;
      await opened.getByRole('heading', { level: 1, name: 'Live' }).waitFor();

      // The studio's opener policy cut the tie: to the page that opened it, it looks closed.
      expect(await page.evaluate('opened.closed')).toBe(true);
      expect(await opened.evaluate('opener')).toBeNull();
    }, IN_BROWSER_MS);
  },
  { browserArguments: [`--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`] },
);
