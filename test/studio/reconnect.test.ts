import { expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { isConnected, openStudio } from './studio-page.ts';

describeInBrowser('a bridge that is started again', ({ browser, studio }) => {
  it('is missed by the page, which offers to load itself again, keeps the unsaved mappings, and goes on', async () => {
    const open = await openStudio(browser(), studio().bridge().url, { view: 'mappings' });
    const { page } = open;
    await studio().send(trackEvent('before-the-end', { event: 'before_the_end' }));
    await studio().bridge().drained(IN_BROWSER_MS);
    await page.getByRole('button', { name: 'all', exact: true }).click();
    await page.getByLabel('Name').fill('not saved yet');

    await studio().end();
    await page.getByRole('status').filter({ hasText: 'Disconnected' }).waitFor();
    await studio().startAgain();
    const notice = page.getByRole('alert').filter({ hasText: 'The bridge was started again since this page was loaded' });
    await notice.getByText('Your unsaved mappings are kept over the reload.').waitFor();
    await notice.getByRole('button', { name: 'Reload' }).click();

    await isConnected(page);
    await page.getByRole('status').getByText('Unsaved changes').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('not saved yet');
    await open.goTo('live');
    await open.row('delivered', 'before_the_end').waitFor();
    await studio().send(trackEvent('after-it', { event: 'after_it' }));
    await open.row('delivered', 'after_it').waitFor();
    await open.close();
  }, 2 * IN_BROWSER_MS);
});
