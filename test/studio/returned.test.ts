import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';

import { refusal, TAKEN } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';
import { startBillingBridge } from './billing-bridge.ts';
import type { BillingBridge } from './billing-bridge.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { NARROW, openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

/** Two or three seconds: an event comes back while the test looks on, and not before it has opened it. */
const RETRY_DELAYS_MINUTES = '0.04';
const IN_OUTAGE = refusal(503, 'down');

describeInBrowser('An event that Metronome does not take at once', ({ browser }) => {
  let billing: BillingBridge;
  let open: StudioPage;
  let events = 0;

  beforeAll(async () => {
    billing = await startBillingBridge(RETRY_DELAYS_MINUTES);
  }, IN_BROWSER_MS);
  afterAll(() => billing.stop());
  beforeEach(async () => {
    billing.behave(IN_OUTAGE);
    open = await openStudio(browser(), billing.bridge.url);
  }, IN_BROWSER_MS);
  afterEach(async () => {
    billing.behave(TAKEN);
    await billing.bridge.drained(IN_BROWSER_MS);
    await open.close();
  }, IN_BROWSER_MS);

  const sheet = (): Locator => open.page.getByRole('region', { name: 'Event', exact: true });
  const title = (fate: string): Locator => sheet().getByRole('heading', { level: 2, name: new RegExp(`^${fate}`) });
  const runs = (): Locator => sheet().getByRole('list', { name: 'Runs, the first one first' }).getByRole('listitem');

  /** Sends one, and opens it once it is back in the queue. */
  async function openReturned(): Promise<{ readonly id: string; readonly name: string }> {
    events += 1;
    const [id, name] = [`returned-${events}`, `returned_${events}`];
    await billing.send(trackEvent(id, { event: name }));
    await open.row('returned', name).first().click();
    await title('returned').waitFor();
    return { id, name };
  }

  it('is shown as returned, with the cause in words, and what Metronome answered', async () => {
    const { name } = await openReturned();

    await open.row('returned', name, 'metronome_unavailable').first().waitFor();
    await sheet().getByText("Metronome didn't answer, or with an error of its own.").waitFor();
    await sheet().getByText(/It is back in the queue and comes again by itself (between \d\d:\d\d:\d\d and about|at about) \d\d:\d\d:\d\d, or when the bridge is started again\./).waitFor();
    await sheet().getByRole('article').filter({ hasText: 'Metronome answered 503' }).waitFor();
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('gets its retries while it is open, then turns delivered, and is billed once', async () => {
    const { id, name } = await openReturned();
    await runs().nth(1).filter({ hasText: /returned.*metronome_unavailable.*later, receive 2/ }).waitFor();
    await sheet().getByRole('status').filter({ hasText: 'The event came back and was returned once more, at its receive' }).waitFor({ state: 'attached' });

    billing.behave(TAKEN);

    await title('delivered').waitFor();
    await sheet().getByRole('status').filter({ hasText: 'The event came back and is delivered now.' }).waitFor({ state: 'attached' });
    await sheet().getByRole('article').filter({ hasText: 'Metronome answered 200' }).waitFor();
    expect(await runs().last().innerText()).toContain('delivered');
    expect(await runs().last().getAttribute('aria-current')).toBe('true');
    expect(await sheet().getByText('comes again by itself').count()).toBe(0);
    expect(billing.metronome.billed.has(id)).toBe(true);
    await open.page.keyboard.press('Escape');
    await open.row('delivered', name, '×').waitFor();
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('leaves the reader where he is: what he reads stays in its place, and what has the focus keeps it', async () => {
    await openReturned();
    const copy = sheet().getByRole('button', { name: 'Copy the raw event' });
    await copy.scrollIntoViewIfNeeded();
    await copy.focus();
    const before = await copy.boundingBox();
    expect(await open.page.evaluate<number>(`document.querySelector('.sheet-body').scrollTop`)).toBeGreaterThan(0);

    billing.behave(TAKEN);
    await title('delivered').waitFor();
    await runs().last().filter({ hasText: 'delivered' }).waitFor();

    expect(await open.page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Copy the raw event');
    expect(Math.abs(((await copy.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);
  }, IN_BROWSER_MS);

  it('shows an older run when it is asked to, stays there, and says that it is not the last', async () => {
    await openReturned();
    await runs().nth(1).waitFor();

    await sheet().getByRole('button', { name: 'Show run 1' }).click();
    await sheet().getByText("This isn't its last run").waitFor();
    expect(await open.page.evaluate(`document.querySelector('.sheet-body').scrollTop`)).toBe(0);
    billing.behave(TAKEN);
    await runs().last().filter({ hasText: 'delivered' }).waitFor();

    await title('returned').waitFor();
    await sheet().getByText("This isn't its last run").getByText('delivered').waitFor();
    await sheet().getByRole('button', { name: 'Show the last run' }).click();
    await title('delivered').waitFor();
    expect(await open.page.evaluate('document.activeElement.textContent')).toMatch(/^delivered/);
  }, IN_BROWSER_MS);

  it('is found by its fate, and fits a narrow window', async () => {
    await open.page.setViewportSize(NARROW);
    await open.page.getByRole('group', { name: 'Fates' }).getByRole('button', { name: 'returned' }).click();

    const { name } = await openReturned();

    expect(await open.overflow()).toBeLessThanOrEqual(0);
    await open.page.keyboard.press('Escape');
    await open.row('returned', name).first().waitFor();
    expect(await open.row('delivered').count()).toBe(0);
  }, IN_BROWSER_MS);
});
