import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

/** CodeMirror takes no key for a choice before its list has been seen for a moment: `interactionDelay`. */
const SEEN_MS = 150;

describeInBrowser('completion in the editor of a mapping', ({ browser, studio }) => {
  let open: StudioPage;
  const offer = (name: string) => open.page.getByRole('listbox', { name: 'Completions' }).getByRole('option').filter({ hasText: name }).first();
  const editor = () => open.page.getByRole('textbox', { name: 'The mapping as JSON' });
  const written = async (): Promise<string> => (await editor().innerText()).replaceAll(/\s+/gu, ' ');

  beforeAll(async () => {
    await studio().send(trackEvent('seen-1', { properties: { pages: 3, plan: { seats: 2 } } }));
    await studio().send(trackEvent('seen-2', { properties: { pages: 4 } }));
    await studio().bridge().drained(IN_BROWSER_MS);
  }, IN_BROWSER_MS);

  beforeEach(async () => {
    studio().writeMappings(mappingsText());
    open = await openStudio(browser(), studio().bridge().url, { view: 'mappings' });
    await open.page.getByRole('button', { name: 'all', exact: true }).click();
  }, IN_BROWSER_MS);
  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  /** Begins with a text and the cursor where `|` is, and types on. */
  async function typeIn(text: string, typed: string): Promise<void> {
    const [before = '', after = ''] = text.split('|');
    await open.edit('The mapping as JSON', before + after);
    for (const _ of after) await open.page.keyboard.press('ArrowLeft');
    await open.page.keyboard.type(typed);
  }

  async function choose(name: string): Promise<void> {
    await offer(name).and(open.page.locator('[aria-selected]')).waitFor();
    await open.page.waitForTimeout(SEEN_MS);
    await open.page.keyboard.press('Enter');
  }

  it('offers directives with what they are for, and then the paths of recent events', async () => {
    await typeIn('{"name": "all", "mapping": {"customer_id": {|}}}', '"@');
    await offer('@template').getByText('text with values of the event in it').waitFor();
    await offer('@excludeWhenNull').waitFor();

    await open.page.keyboard.type('pat');
    await choose('@path');
    expect(await written()).toContain('"customer_id": {"@path": "$."}');

    await open.page.keyboard.type('prop');
    await offer('$.properties.plan.seats').waitFor();
    await open.page.keyboard.type('pages');
    await choose('$.properties.pages');
    expect(await written()).toContain('"customer_id": {"@path": "$.properties.pages"}');
  }, IN_BROWSER_MS);

  it('offers the five fields of a usage event, with a value to fill in', async () => {
    await typeIn('{"name": "all", "mapping": {|}}', '"');
    await offer('transaction_id').waitFor();

    await open.page.keyboard.type('cust');
    await choose('customer_id');

    expect(await written()).toContain('"mapping": {"customer_id": { "@path": "$." }}');
  }, IN_BROWSER_MS);

  it.each([
    ['a template', '{"mapping": {"event_type": {"@template": "|"}}}', '{{group', 'context.groupId'],
    ['a trigger', '{"trigger": "|"}', 'properties.pa', 'properties.pages'],
  ])('offers paths of recent events in %s', async (_, text, typed, path) => {
    await typeIn(text, typed);

    await choose(path);

    expect(await written()).toContain(path);
  }, IN_BROWSER_MS);

  it('keeps every key, however fast they come', async () => {
    const trigger = 'type = track and properties.pages > 12 and properties.plan.seats < 34567890';

    await typeIn('{"trigger": "|", "mapping": {}}', trigger);

    expect(await written()).toContain(trigger);
    expect(await open.page.getByLabel('Trigger').inputValue()).toBe(trigger);
  }, IN_BROWSER_MS);

  it('closes with Escape, which leaves the mapping open', async () => {
    await typeIn('{"mapping": {|}}', '"');
    await offer('transaction_id').waitFor();

    await open.page.keyboard.press('Escape');

    await offer('transaction_id').waitFor({ state: 'detached' });
    expect(await editor().count()).toBe(1);
  }, IN_BROWSER_MS);
});
