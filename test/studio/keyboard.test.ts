import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

/** Farther away than that nobody looks for the list. */
const MOST_TABS = 30;

describeInBrowser('the keyboard alone', ({ browser, studio }) => {
  let open: StudioPage;
  const press = (key: string) => open.page.keyboard.press(key);
  /** What has the focus, by its label or else its text. */
  const focused = (): Promise<string> => open.page.evaluate<string>(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()`);

  beforeEach(async () => {
    open = await openStudio(browser(), studio().bridge().url);
    await studio().send(trackEvent('older', { event: 'the_older' }));
    await open.row('the_older').first().waitFor();
    await studio().send(trackEvent('newer', { event: 'the_newer' }));
    await open.row('the_newer').first().waitFor();
  }, IN_BROWSER_MS);
  afterEach(() => open.close());

  async function tabTo(name: string): Promise<void> {
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      await press('Tab');
      if ((await focused()) === name) return;
    }
    throw new Error(`${MOST_TABS} tabs don't reach "${name}"`);
  }

  it('reaches the list, goes along it, opens an event, and closes it with Escape', async () => {
    const sheet = open.page.getByRole('region', { name: 'Event', exact: true });
    await tabTo('Events, the newest first');

    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    await sheet.getByRole('heading', { name: 'the_older' }).waitFor();

    await press('ArrowUp');
    await sheet.getByRole('heading', { name: 'the_newer' }).waitFor();

    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Events, the newest first');
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('goes to the filter by /, where / is a character like others', async () => {
    await press('/');
    expect(await focused()).toBe('Filter by text');

    await open.page.keyboard.type('the/');

    expect(await open.page.getByRole('searchbox', { name: 'Filter by text' }).inputValue()).toBe('the/');
    await open.page.getByText('No event passes the filter.').waitFor();
  }, IN_BROWSER_MS);

  it('skips to the content with the first key', async () => {
    await press('Tab');
    expect(await focused()).toBe('Skip to the content');

    await press('Enter');

    expect(await focused()).toBe('Live');
  }, IN_BROWSER_MS);

  it('goes through the views, and into a mapping and out of it', async () => {
    await tabTo('Mappings');
    await press('Enter');
    await open.page.getByRole('heading', { level: 1, name: 'Mappings' }).waitFor();
    await open.page.getByRole('button', { name: 'all', exact: true }).waitFor();
    await tabTo('all');

    await press('Enter');
    const sheet = open.page.getByRole('region', { name: 'Mapping', exact: true });
    await sheet.waitFor();
    await press('Escape');

    await sheet.waitFor({ state: 'detached' });
    expect(await focused()).toBe('all');
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('leaves the editor with Tab', async () => {
    await open.goTo('send');
    await open.page.getByRole('button', { name: 'Send', exact: true, disabled: false }).waitFor();
    await open.page.getByRole('textbox', { name: 'The event to send, as JSON' }).click();

    await press('Tab');

    expect(await focused()).toBe('Send');
  }, IN_BROWSER_MS);
});
