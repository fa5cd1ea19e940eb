import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

import type { View } from '../../local/studio/page/route-text.ts';
import { trackEvent } from '../helpers/segment.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { NARROW, openStudio, WIDE } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of https://www.deque.com/axe/core-documentation/api-documentation/#results-object, what is told of a failure. */
interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

const WINDOWS = [
  [WIDE, 'light'],
  [WIDE, 'dark'],
  [NARROW, 'dark'],
  [NARROW, 'light'],
] as const;

/** Each view as it opens, and with something open in it. */
const VIEWS: readonly (readonly [view: View, isThere: (page: Page) => Promise<void>, open: (page: Page) => Promise<void>])[] = [
  ['live', (page) => page.getByRole('listbox').getByRole('option').first().waitFor(), openEvent],
  ['mappings', (page) => page.getByRole('list', { name: 'Mappings' }).waitFor(), openMapping],
  ['try', (page) => page.getByRole('list', { name: 'Events' }).waitFor(), tryEvent],
  ['quarantine', (page) => page.getByRole('button', { name: 'missing_field' }).waitFor(), openReplay],
  ['send', (page) => page.getByRole('textbox', { name: 'The event to send, as JSON' }).waitFor(), sendSample],
];

async function openEvent(page: Page): Promise<void> {
  await page.getByRole('listbox').getByRole('option').filter({ hasText: 'quarantined' }).first().click();
  await page.getByRole('region', { name: 'Raw event' }).waitFor();
}

async function openMapping(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'all', exact: true }).click();
  await page.getByLabel('Trigger').fill('type = "track" and event = "renamed"');
  await page.getByRole('textbox', { name: 'The mapping as JSON' }).getByText('renamed').waitFor();
}

async function tryEvent(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Events' }).getByRole('button').first().click();
  await page.getByText('Would be').waitFor();
  await page.getByRole('button', { name: 'Run over the last 1,000 events' }).click();
  await page.getByText('would change.').waitFor();
}

async function openReplay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'missing_field' }).click();
  await page.getByRole('button', { name: 'Replay these…' }).click();
  await page.getByText('They would be:').waitFor();
}

async function sendSample(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Bad signature' }).check();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Answers' }).getByRole('article').first().waitFor();
}

describeInBrowser('how it looks', ({ browser, studio }) => {
  let open: StudioPage | undefined;

  beforeAll(async () => {
    await studio().send(trackEvent('fine'));
    await studio().send(trackEvent('at-fault', { context: {}, event: 'a.name'.repeat(40) }));
    await studio().send(trackEvent('late', { timestamp: 'yesterday' }));
    await studio().bridge().drained(IN_BROWSER_MS);
  }, IN_BROWSER_MS);
  afterEach(() => open?.close());

  /** What axe-core calls serious or critical: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md */
  async function barriers(page: Page): Promise<readonly string[]> {
    // Colours that are still on their way have no contrast yet.
    await page.evaluate('Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => undefined))).then(() => undefined)');
    const violations = await page.evaluate<readonly Violation[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
  }

  /** As it is, in every kind of window. */
  async function isFine({ page, overflow, complaints }: StudioPage): Promise<void> {
    for (const [viewport, colorScheme] of WINDOWS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      expect({ viewport, colorScheme, barriers: await barriers(page) }).toEqual({ viewport, colorScheme, barriers: [] });
      expect(await overflow()).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  }

  it.each(VIEWS)('%s keeps nobody out, and fits its window', async (view, isThere, openSomething) => {
    open = await openStudio(browser(), studio().bridge().url, { view });
    await open.page.evaluate(AXE);
    await isThere(open.page);
    await isFine(open);

    await openSomething(open.page);
    await isFine(open);
  }, IN_BROWSER_MS);

  it('has words for every view where there is nothing yet', async () => {
    open = await openStudio(browser(), studio().bridge().url);
    await open.page.evaluate(AXE);
    await open.page.getByRole('searchbox', { name: 'Filter by text' }).fill('no event says this');
    await open.page.getByText('No event passes the filter.').waitFor();
    await isFine(open);

    await open.goTo('try');
    await open.page.getByText('Choose one of the list, or paste one.').waitFor();
    await open.goTo('send');
    await open.page.getByText('Nothing sent yet.').waitFor();
    await isFine(open);
  }, IN_BROWSER_MS);
});
