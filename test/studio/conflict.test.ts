import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';

import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { NARROW, openStudio, WIDE } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

/** Another name, and one mapping more. */
const THEIRS = mappingsText({ ...MAPPING, name: 'theirs' }, { ...MAPPING, name: 'their second' });

describeInBrowser('A file that changed on disk', ({ browser, studio }) => {
  let open: StudioPage;

  beforeEach(async () => {
    studio().writeMappings(mappingsText());
    open = await openStudio(browser(), studio().bridge().url, { view: 'mappings' });
    await open.page.getByRole('button', { name: 'all', exact: true }).click();
    await open.page.getByLabel('Name').fill('mine');
    studio().writeMappings(THEIRS);
    await open.page.getByRole('button', { name: 'Save', exact: true }).click();
    await difference().waitFor();
  }, IN_BROWSER_MS);
  afterEach(() => open.close());

  const dialog = (): Locator => open.page.getByRole('dialog', { name: 'The file changed on disk' });
  const difference = (): Locator => dialog().getByRole('region', { name: 'Difference between the file on disk and your edit' });
  const row = (text: string): Locator => difference().getByRole('row').filter({ hasText: text });

  it('stands beside the own edit, line by line, in columns that say whose they are', async () => {
    expect(await difference().getByRole('columnheader').allTextContents()).toEqual(['− on disk', '+ yours']);

    const [disk, own] = await row('"mine"').getByRole('cell').all();
    const [diskBox, ownBox] = [await disk?.boundingBox(), await own?.boundingBox()];

    expect(await disk?.innerText()).toContain('"name": "theirs"');
    expect(await own?.innerText()).toContain('"name": "mine"');
    expect(ownBox?.y).toBe(diskBox?.y);
    expect(ownBox?.x).toBeGreaterThan((diskBox?.x ?? 0) + (diskBox?.width ?? 0) - 1);
    expect(await open.overflow()).toBeLessThanOrEqual(0);
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('says without colour what differs: a sign, a word, and a line under it', async () => {
    expect(await row('"mine"').getByRole('cell').allTextContents()).toEqual([expect.stringMatching(/^−removed: +"name": "theirs"/), expect.stringMatching(/^\+added: +"name": "mine"/)]);
    expect(await row('"mine"').locator('mark').allTextContents()).toEqual(['theirs', 'mine']);
    expect(await open.page.evaluate(`getComputedStyle(document.querySelector('mark')).textDecorationLine`)).toBe('underline');
    expect(await row('"their second"').getByRole('cell').allTextContents()).toEqual([expect.stringContaining('removed: '), 'no such line']);
  }, IN_BROWSER_MS);

  it('becomes one column where there is no room for two, and two again', async () => {
    await open.page.setViewportSize(NARROW);

    await difference().getByText('added: "name": "mine"').waitFor();
    expect(await difference().getByRole('columnheader').count()).toBe(0);
    await difference().getByText('− on disk').waitFor();
    expect(await open.overflow()).toBeLessThanOrEqual(0);
    expect(await open.page.evaluate(`(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('dialog'))`)).toBe(false);

    await open.page.setViewportSize(WIDE);
    await difference().getByRole('columnheader', { name: 'yours' }).waitFor();
  }, IN_BROWSER_MS);

  it.each([
    ['Keep mine, write over theirs', 'Writes yours to the file. What is marked − is lost.'],
    ['Take theirs, drop mine', 'Leaves the file as it is and loads it here. What is marked + is lost.'],
    ['Go on editing', 'Writes nothing and loses nothing. The next Save asks again.'],
  ])('says what "%s" does, beside it and to who hears the page', async (name, does) => {
    const button = dialog().getByRole('button', { name, exact: true });

    await dialog().getByText(does, { exact: true }).waitFor();
    const told = await button.getAttribute('aria-describedby');
    expect(await dialog().locator(`[id="${told}"]`).textContent()).toBe(does);
  }, IN_BROWSER_MS);

  it('is left by Escape as by going on: nothing is written, nothing lost', async () => {
    await open.page.keyboard.press('Escape');

    await dialog().waitFor({ state: 'detached' });
    expect(await open.page.getByLabel('Name').inputValue()).toBe('mine');
    expect(studio().mappings()).toBe(THEIRS);
  }, IN_BROWSER_MS);

  it('is asked about again if it changes once more before mine is written over it', async () => {
    studio().writeMappings(mappingsText({ ...MAPPING, name: 'theirs, later' }));

    await dialog().getByRole('button', { name: 'Keep mine, write over theirs' }).click();

    await row('"theirs, later"').waitFor();
    expect(studio().mappings()).toContain('theirs, later');
  }, IN_BROWSER_MS);
});
