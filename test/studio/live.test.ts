import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

/** How soon an event has to be on the page; a fraction of it where nothing else runs. */
const WITHIN_MS = 10_000;

describeInBrowser('Live', ({ browser, studio }) => {
  let open: StudioPage;

  beforeEach(async () => {
    open = await openStudio(browser(), studio().bridge().url);
  }, IN_BROWSER_MS);
  afterEach(() => open.close());

  it.each([
    ['delivered', 'is_billed', {}, 'customer-1'],
    ['filtered', 'is_no_track', { type: 'page' }, 'page'],
    ['quarantined', 'has_no_customer', { context: {} }, 'missing_field · customer_id'],
  ])('shows a %s event within seconds', async (fate, name, changes, alsoSaid) => {
    await studio().send(trackEvent(`live-${fate}`, { event: name, ...changes }));

    await open.row(fate, name, alsoSaid).waitFor({ timeout: WITHIN_MS });

    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('tells of an opened event what was sent, and what Metronome answered', async () => {
    await studio().send(trackEvent('opened', { event: 'to_be_opened', properties: { tokens: 4711 } }));

    await open.row('to_be_opened').click();

    const sheet = open.page.getByRole('region', { name: 'Event', exact: true });
    await sheet.getByText('Metronome answered 200').waitFor();
    await sheet.getByRole('region', { name: 'Usage event of all' }).getByText('"transaction_id"').waitFor();
    await sheet.getByRole('region', { name: 'Raw event' }).getByText('4711').waitFor();
    await sheet.getByRole('heading', { name: '1 run' }).waitFor();
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('marks in the raw event the value at fault', async () => {
    await studio().send(trackEvent('at-fault', { event: 'of_no_known_time', timestamp: 'yesterday' }));

    await open.row('quarantined', 'of_no_known_time').click();

    await open.page.getByText('at fault: "timestamp": "yesterday"').waitFor();
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('leaves what the filters let through: a fate, a reason, a text', async () => {
    await studio().send(trackEvent('kept-1', { event: 'of_interest' }));
    await studio().send(trackEvent('kept-2', { event: 'of_interest', context: {} }));
    await open.row('delivered', 'of_interest').waitFor();
    await open.row('quarantined', 'of_interest').waitFor();

    await open.page.getByRole('searchbox', { name: 'Filter by text' }).fill('OF_INTEREST');
    await open.page.getByRole('group', { name: 'Fates' }).getByRole('button', { name: 'quarantined' }).click();
    await open.page.getByRole('combobox', { name: 'Reason' }).selectOption('missing_field');

    await open.page.getByText('1 event', { exact: true }).waitFor();
    expect(await open.row('quarantined', 'of_interest').count()).toBe(1);
    expect(await open.row('delivered').count()).toBe(0);
    await open.page.getByRole('button', { name: 'Clear filter' }).click();
    await open.row('delivered', 'of_interest').waitFor();
  }, IN_BROWSER_MS);

  it('counts as the bridge does', async () => {
    await studio().send(trackEvent('counted', { event: 'to_be_counted' }));
    await open.row('to_be_counted').waitFor();
    const { accepted, fates } = await studio().bridge().drained(IN_BROWSER_MS);

    await open.counter('accepted', accepted).waitFor();
    await open.counter('delivered', fates.delivered).waitFor();
    await open.counter('filtered', fates.filtered).waitFor();
    await open.counter('quarantined', fates.quarantined).waitFor();
    await open.counter('waiting', 0).waitFor();
    expect(accepted).toBeGreaterThan(1);
  }, IN_BROWSER_MS);

  it('names no row as the active one that is not there', async () => {
    await studio().send(trackEvent('active', { event: 'to_be_active' }));
    await open.row('to_be_active').click();
    await open.page.keyboard.press('Escape');
    const list = open.page.getByRole('listbox', { name: 'Events, the newest first' });
    expect(await list.getAttribute('aria-activedescendant')).toMatch(/^event-/);

    await open.page.getByRole('searchbox', { name: 'Filter by text' }).fill('no event says this');
    await open.page.getByText('No event passes the filter.').waitFor();

    expect(await list.getAttribute('aria-activedescendant')).toBeNull();
  }, IN_BROWSER_MS);

  it('says that the list stands still while nothing can come', async () => {
    const notice = open.page.getByText('The list stands still; the page tries again by itself.');
    expect(await notice.count()).toBe(0);

    await studio().end();
    await notice.waitFor();

    await studio().startAgain();
    await notice.waitFor({ state: 'detached' });
    await open.page.getByRole('alert').getByText('The bridge was started again since this page was loaded').waitFor();
  }, IN_BROWSER_MS);
});
