import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';

import { refusal } from '../helpers/metronome-stand-in.ts';
import { trackEvent } from '../helpers/segment.ts';
import { startBillingBridge } from './billing-bridge.ts';
import type { BillingBridge } from './billing-bridge.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { isConnected, openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const UNREACHABLE = "The bridge doesn't answer. Is npm start still running?";
/** Longer than the page waits for an answer. */
const BEYOND_PATIENCE_MS = 21_000;

function answers({ page }: StudioPage): Locator {
  return page.getByRole('region', { name: 'Answers' });
}

async function fill({ page, edit }: StudioPage, event: unknown): Promise<void> {
  await page.getByRole('textbox', { name: 'The event to send, as JSON' }).getByText('Report Exported').waitFor();
  await edit('The event to send, as JSON', typeof event === 'string' ? event : JSON.stringify(event));
}

describeInBrowser('Send', ({ browser, studio }) => {
  let open: StudioPage;

  beforeEach(async () => {
    open = await openStudio(browser(), studio().bridge().url, { view: 'send' });
  }, IN_BROWSER_MS);
  afterEach(() => open.close());

  const press = () => open.page.getByRole('button', { name: 'Send', exact: true }).click();
  const answered = (name: string): Locator => answers(open).getByRole('article', { name });

  async function sendAs(kind: string, event: unknown): Promise<void> {
    await fill(open, event);
    await open.page.getByRole('radio', { name: kind }).check();
    await press();
  }

  it.each([
    ['Single', 200, 'Accepted: 1 event is in the queue, and Segment is done with it.', '"accepted"', 1],
    ['Batch', 200, 'Accepted: 3 events are in the queue, and Segment is done with it.', '"accepted"', 3],
    ['Bad signature', 503, 'Refused for now, as it should be: Segment keeps the event and sends it again, so nothing is lost.', '"credential_mismatch"', 0],
    ['Oversize', 413, 'Refused for good, as it should be: Segment drops the event, as sending it again would change nothing.', '"too_large"', 0],
  ])('sends one as %s, shows the answer %d, and what it means', async (kind, status, meaning, says, accepted) => {
    const before = await studio().bridge().drained(IN_BROWSER_MS);
    const name = `sent_as_${kind.replace(' ', '_')}`;

    await sendAs(kind, trackEvent(name, { event: name }));

    const answer = answered(`${kind}, answered ${status}`);
    await answer.getByText(meaning).waitFor();
    await answer.getByRole('region', { name: 'Body of the answer' }).getByText(says).waitFor();
    const after = await studio().bridge().drained(IN_BROWSER_MS);
    expect(after.accepted - before.accepted).toBe(accepted);
    expect(after.fates.delivered - before.fates.delivered).toBe(accepted);
    await open.goTo('live');
    await isConnected(open.page);
    await open.page.getByRole('searchbox', { name: 'Filter by text' }).fill(name);
    await open.page.getByText(accepted === 0 ? 'No event passes the filter.' : `${accepted} event${accepted === 1 ? '' : 's'}`, { exact: true }).waitFor();
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('leads from what was accepted to where it passes', async () => {
    await sendAs('Single', trackEvent('watched', { event: 'to_be_watched' }));

    await answered('Single, answered 200').getByRole('link', { name: 'Watch it pass' }).click();

    await open.row('delivered', 'to_be_watched').waitFor();
    await open.goTo('send');
    await answered('Single, answered 200').waitFor();
  }, IN_BROWSER_MS);

  it('keeps the answers, the latest first', async () => {
    await sendAs('Bad signature', trackEvent('first-of-two'));
    await answered('Bad signature, answered 503').waitFor();
    await open.page.getByRole('radio', { name: 'Oversize' }).check();
    await press();
    await answered('Oversize, answered 413').waitFor();

    const titles = await answers(open).getByRole('article').locator('strong').allTextContents();

    expect(titles).toEqual(['Oversize', 'Bad signature']);
  }, IN_BROWSER_MS);

  it.each(['{"messageId": ', '[1, 2]', '"text"'])('sends nothing of %s, and says what it needs', async (text) => {
    const { accepted } = await studio().bridge().state();

    await sendAs('Single', text);

    await answers(open).getByRole('alert').getByText('The event is no JSON object. Paste one Segment event, as it comes in the webhook.').waitFor();
    expect(await answers(open).getByRole('article').count()).toBe(0);
    expect((await studio().bridge().state()).accepted).toBe(accepted);
  }, IN_BROWSER_MS);

  it('gives up on a bridge that hangs, and can send again once it goes on', async () => {
    await fill(open, trackEvent('in-a-hang', { event: 'in_a_hang' }));
    await open.page.clock.install();
    process.kill(studio().bridge().pid, 'SIGSTOP');
    try {
      await press();
      await open.page.getByRole('button', { name: 'Sending…' }).waitFor();
      await open.page.clock.runFor(BEYOND_PATIENCE_MS);

      await answers(open).getByRole('alert').getByText("The bridge hasn't answered for 20 s.").waitFor();
    } finally {
      process.kill(studio().bridge().pid, 'SIGCONT');
    }
    await press();
    await answered('Single, answered 200').waitFor();
    expect(await answers(open).getByRole('alert').count()).toBe(0);
  }, IN_BROWSER_MS);

  it('says that the bridge is not there, and after its restart that the page is of the one before', async () => {
    await fill(open, trackEvent('after-the-end'));
    await studio().end();

    await press();
    await answers(open).getByRole('alert').getByText(UNREACHABLE).waitFor();
    expect(await open.page.getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(true);

    await studio().startAgain();
    await press();
    await answers(open).getByRole('alert').getByText('The bridge was started again since this page was loaded. Reload the page.').waitFor();
    await open.page.getByRole('button', { name: 'Reload' }).click();
    await isConnected(open.page);
    await fill(open, trackEvent('after-the-restart'));
    await press();
    await answered('Single, answered 200').waitFor();
  }, 2 * IN_BROWSER_MS);
});

describeInBrowser('Send, where it is billed', ({ browser }) => {
  let billing: BillingBridge;

  beforeAll(async () => {
    billing = await startBillingBridge('60');
  }, IN_BROWSER_MS);
  afterAll(() => billing.stop());

  it('sends nothing before it knows that it is billed', async () => {
    const page = await browser().newPage();
    await page.route('**/api/studio/stream*', (route) => route.abort());
    await page.goto(`${billing.bridge.url}/#/send`);

    await page.getByText('Waiting for the bridge to say where it sends.').waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);

    await page.unroute('**/api/studio/stream*');
    await page.getByRole('button', { name: 'Send, and let it be billed', disabled: false }).waitFor();
    await page.close();
  }, IN_BROWSER_MS);

  it('says so before it sends, and is told when the bridge takes no more, as it stops with an event in hand', async () => {
    const open = await openStudio(browser(), billing.bridge.url, { view: 'send' });
    const button = open.page.getByRole('button', { name: 'Send, and let it be billed' });
    await fill(open, trackEvent('billed-for-real'));
    await open.page.getByText(`This bridge sends to ${billing.metronome.url}. An event that a mapping matches is billed there.`).waitFor();

    await button.click();
    await answers(open).getByRole('article', { name: 'Single, answered 200' }).waitFor();
    await billing.bridge.drained(IN_BROWSER_MS);
    expect(billing.metronome.billed.has('billed-for-real')).toBe(true);

    billing.behave({ kind: 'hang' });
    await billing.send(trackEvent('in-hand'));
    while (billing.metronome.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    const ended = billing.bridge.end('SIGINT');
    await open.page.getByRole('status').filter({ hasText: 'Disconnected' }).waitFor();
    await button.click();
    await answers(open).getByRole('alert').getByText(UNREACHABLE).waitFor();
    expect(billing.bridge.output()).toContain('Stopping: finishing what is in flight.');
    expect(billing.bridge.output()).not.toContain('Stopped.');

    billing.behave(refusal(503));
    expect(await ended).toBe(0);
    expect(billing.metronome.billed.size).toBe(1);
    await open.close();
  }, 2 * IN_BROWSER_MS);
});
