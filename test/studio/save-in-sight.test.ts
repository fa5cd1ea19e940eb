import { afterEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';

import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { NARROW, openStudio, WIDE } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const CONSTANT_ID = { ...MAPPING, mapping: { ...MAPPING.mapping, transaction_id: 'always-the-same' } };

describeInBrowser('Save, while a mapping is open', ({ browser, studio }) => {
  let open: StudioPage;
  const button = (name: string) => open.page.getByRole('button', { name, exact: true });
  /** Waits until a click would reach it: it is in the window, and nothing lies over it. */
  const isReachable = (element: Locator): Promise<void> => element.click({ trial: true });

  async function openAt(viewport: typeof WIDE | typeof NARROW): Promise<void> {
    studio().writeMappings(mappingsText());
    open = await openStudio(browser(), studio().bridge().url, { view: 'mappings', reader: { viewport } });
    await button('all').click();
    await open.page.getByRole('region', { name: 'Mapping', exact: true }).waitFor();
  }

  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  it.each([
    ['wide', WIDE],
    ['narrow', NARROW],
  ] as const)('is in sight on a %s screen, with what is unsaved and what the linter found, and covers nothing', async (_, viewport) => {
    await openAt(viewport);
    const saved = open.page.getByRole('status').getByText('Saved', { exact: true });
    await isReachable(saved);

    await open.edit('The mapping as JSON', JSON.stringify(CONSTANT_ID));

    const state = open.page.getByRole('status').filter({ hasText: 'Unsaved changes' });
    await state.getByText('1 error').waitFor();
    for (const seen of [state.getByText('Unsaved changes'), state.getByText('1 error'), button('Show changes'), button('Save')]) await isReachable(seen);
    await isReachable(open.page.getByRole('list', { name: 'Findings' }).getByRole('button', { name: 'Acknowledge' }));
    await isReachable(button('Save'));
    expect(await open.overflow()).toBeLessThanOrEqual(0);
  }, IN_BROWSER_MS);

  it('works there by mouse', async () => {
    await openAt(NARROW);
    await open.page.getByLabel('Name').fill('by mouse');

    await button('Save').click();

    await open.page.getByText('Saved. Events are mapped with it from now on.').waitFor();
    expect(JSON.parse(studio().mappings())).toMatchObject({ mappings: [{ name: 'by mouse' }] });
    expect(await open.page.getByLabel('Name').inputValue()).toBe('by mouse');
  }, IN_BROWSER_MS);

  it('works there by keyboard: with the tab key, and from within the editor', async () => {
    await openAt(NARROW);
    await open.page.getByLabel('Name').fill('by tab');
    await open.page.getByRole('heading', { name: 'by tab' }).focus();
    await open.page.keyboard.press('Shift+Tab');
    expect(await open.page.evaluate<string>('document.activeElement.textContent')).toBe('Save');
    await open.page.keyboard.press('Enter');
    await open.page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    expect(JSON.parse(studio().mappings())).toMatchObject({ mappings: [{ name: 'by tab' }] });
    expect(await open.page.evaluate<string>('document.activeElement.textContent')).toBe('Save');

    await open.edit('The mapping as JSON', JSON.stringify({ ...MAPPING, name: 'by shortcut' }));
    await open.page.keyboard.press('Control+s');

    await open.page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    expect(JSON.parse(studio().mappings())).toMatchObject({ mappings: [{ name: 'by shortcut' }] });
  }, IN_BROWSER_MS);

  it('says there why it was refused, and the reason can be read', async () => {
    await openAt(NARROW);
    await open.edit('The mapping as JSON', JSON.stringify(CONSTANT_ID));
    await button('Save').click();

    const refusal = open.page.getByRole('alert').getByText('Not saved: 1 error would lose events or bill them wrongly.');
    await refusal.waitFor();
    await isReachable(refusal);
    expect(studio().mappings()).toBe(mappingsText());
  }, IN_BROWSER_MS);
});
