import { expect, it } from '@jest/globals';

import { rawRequest } from '../local/http/raw-request.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';

const MAX_SCRIPT_BYTES = 300_000;
/** Loose, as tests run on any machine; the figure itself is printed. */
const MAX_FIRST_PAINT_MS = 5_000;

describeInBrowser('what the page costs', ({ browser, studio }) => {
  it('sends a script of under 300 KB, compressed', async () => {
    const { headers } = await rawRequest(`${studio().bridge().url}/studio.js`, { headers: { 'accept-encoding': 'gzip' } });
    const bytes = Number(headers['content-length']);
    process.stdout.write(`The page's script is ${bytes} bytes, gzipped.\n`);

    expect(headers['content-encoding']).toBe('gzip');
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MAX_SCRIPT_BYTES);
  }, IN_BROWSER_MS);

  it('paints soon with nothing cached', async () => {
    const { page, close } = await openStudio(browser(), studio().bridge().url);

    const paintedMs = await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`);
    process.stdout.write(`The page's first paint came after ${Math.round(paintedMs)} ms.\n`);

    expect(paintedMs).toBeGreaterThan(0);
    expect(paintedMs).toBeLessThan(MAX_FIRST_PAINT_MS);
    await close();
  }, IN_BROWSER_MS);

  it('asks for three files, and no more before it asks the bridge', async () => {
    const context = await browser().newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith('http')) asked.push(new URL(request.url()).pathname);
    });

    await page.goto(studio().bridge().url, { waitUntil: 'load' });
    await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor({ state: 'attached' });

    expect(asked.filter((path) => !path.startsWith('/api/')).toSorted()).toEqual(['/', '/studio.css', '/studio.js']);
    await context.close();
  }, IN_BROWSER_MS);
});
