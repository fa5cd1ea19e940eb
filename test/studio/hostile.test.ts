import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { NARROW, openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const LONG = 'long '.repeat(2_000);
/** What an event says, and what the reader sees of it. */
const HOSTILE: readonly (readonly [kind: string, text: string, shown: string])[] = [
  ['a script', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['an element that runs', '"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'],
  ['an entity', '&lt;b&gt; &#0;', '&lt;b&gt; &#0;'],
  ['a template', '{{token}} ${alert(1)}', '{{token}} ${alert(1)}'],
  ['10,000 characters', LONG, `${LONG.slice(0, 200)}…`],
  ['writing from right to left', 'abc\u202egnp.exe', 'abc\\u202egnp.exe'],
  ['emoji', '👩‍👩‍👧‍👦🏴‍☠️', '👩‍👩‍👧‍👦🏴‍☠️'],
  ['a null character', 'nul\u0000l', 'nul\\u0000l'],
  ['half a character', 'half\ud800', 'half\\ud800'],
  ['a line of its own', 'a line\nand another', 'a line\\u000aand another'],
  ['a name of every object', '__proto__', '__proto__'],
];

describeInBrowser('hostile text', ({ browser, studio }) => {
  let open: StudioPage;

  beforeAll(async () => {
    open = await openStudio(browser(), studio().bridge().url);
  }, IN_BROWSER_MS);
  afterAll(() => open.close());

  /** Nothing of it became an element, ran, or was asked for. */
  async function nothingRan(): Promise<void> {
    // The editor puts empty images of its own beside what it shows as one piece.
    expect(await open.page.locator('#studio :is(script, b, img:not(.cm-widgetBuffer))').count()).toBe(0);
    expect(open.complaints).toEqual([]);
  }

  it.each(HOSTILE)('%s is text in a row, in the opened event and in Try', async (kind, text, shown) => {
    const messageId = `hostile-${kind.replaceAll(' ', '-')}`;
    const event = trackEvent(messageId, { event: text, context: { groupId: text }, properties: { [text]: text } });
    await open.goTo('live');
    await studio().send(event);
    const row = open.row('delivered', shown);

    await row.waitFor();
    expect(await row.getByText(shown, { exact: true }).count()).toBe(2);
    await row.click();
    const sheet = open.page.getByRole('region', { name: 'Event', exact: true });
    await sheet.getByText(messageId, { exact: true }).first().waitFor();
    expect(await sheet.getByRole('region', { name: 'Raw event' }).textContent()).not.toMatch(/[\u202e\ud800]/u);
    await nothingRan();

    await sheet.getByRole('button', { name: 'Open in Try' }).click();
    await open.page.getByRole('region', { name: 'What becomes of it' }).getByText('✓ matches').waitFor();
    await nothingRan();
  }, IN_BROWSER_MS);

  it('is text in a quarantined event and what is said of it', async () => {
    await studio().send(trackEvent('<b>bad</b>', { timestamp: '<img src=x onerror=alert(1)>' }));
    await open.goTo('live');
    await open.row('quarantined').first().waitFor();
    await studio().bridge().drained(IN_BROWSER_MS);
    await open.goTo('quarantine');

    await open.page.getByRole('table').getByRole('button').first().click();

    await open.page.getByRole('region', { name: 'Group' }).getByText('<b>bad</b>', { exact: true }).waitFor();
    await nothingRan();
  }, IN_BROWSER_MS);

  it('is text in the filter, and in a mapping\'s name', async () => {
    await open.goTo('live');
    await open.page.getByRole('searchbox', { name: 'Filter by text' }).fill('<SCRIPT>');
    await open.row('<script>alert(1)</script>').waitFor();
    await open.page.getByText('1 event', { exact: true }).waitFor();
    await open.page.getByRole('button', { name: 'Clear filter' }).click();

    await open.goTo('mappings');
    await open.page.getByRole('button', { name: 'all', exact: true }).click();
    await open.page.getByLabel('Name').fill('<script>alert(2)</script>\u202e');

    await open.page.getByRole('list', { name: 'Mappings' }).getByText('<script>alert(2)</script>\\u202e', { exact: true }).waitFor();
    await nothingRan();
  }, IN_BROWSER_MS);

  it('makes no narrow page wider', async () => {
    const narrow = await openStudio(browser(), studio().bridge().url, { reader: { viewport: NARROW } });
    await narrow.page.getByRole('searchbox', { name: 'Filter by text' }).fill('10,000-characters');
    const row = narrow.row('long long');
    await row.waitFor();
    expect(await narrow.overflow()).toBe(0);

    await row.click();
    const more = narrow.page.getByRole('button', { name: 'Show all 10,002 characters' }).first();
    await more.click();

    await narrow.page.getByRole('button', { name: 'Show less' }).first().waitFor();
    expect(await narrow.overflow()).toBe(0);
    expect(narrow.complaints).toEqual([]);
    await narrow.close();
  }, IN_BROWSER_MS);
});
