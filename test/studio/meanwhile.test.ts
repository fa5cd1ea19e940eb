import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const THEIRS = mappingsText({ ...MAPPING, name: 'theirs' });

/** Holds the next answer of one path back until it is told to let them go. */
async function holdBack({ page }: StudioPage, path: string): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(path, async (route) => {
    const answer = await route.fetch();
    await held;
    await route.fulfill({ response: answer });
  }, { times: 1 });
  return letGo;
}

describeInBrowser('what happens meanwhile', ({ browser, studio }) => {
  let open: StudioPage;

  beforeEach(async () => {
    studio().writeMappings(mappingsText());
    open = await openStudio(browser(), studio().bridge().url, { view: 'mappings' });
    await open.page.getByRole('button', { name: 'all', exact: true }).click();
  }, IN_BROWSER_MS);
  afterEach(() => open.close());

  const nameField = () => open.page.getByLabel('Name', { exact: true });
  const state = (text: string) => open.page.getByRole('status').getByText(text, { exact: true });
  const listed = (name: string) => open.page.getByRole('list', { name: 'Mappings' }).getByRole('button', { name, exact: true });
  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();
  const namesOnDisk = (): unknown => (JSON.parse(studio().mappings()) as { mappings: { name: string }[] }).mappings.map(({ name }) => name);

  it('keeps what is typed while a save is under way, and saves it with the next', async () => {
    await nameField().fill('first');
    const letGo = await holdBack(open, '**/api/studio/save');
    await press('Save');
    await open.page.getByRole('button', { name: 'Saving…' }).waitFor();
    await nameField().fill('first and more');

    letGo();

    await open.page.getByRole('button', { name: 'Save', exact: true }).waitFor();
    await state('Unsaved changes').waitFor();
    expect(await nameField().inputValue()).toBe('first and more');
    expect(namesOnDisk()).toEqual(['first']);
    await press('Save');
    await state('Saved').waitFor();
    expect(namesOnDisk()).toEqual(['first and more']);
  }, IN_BROWSER_MS);

  it('says that it saved for a while, not for ever: by then more may be unsaved', async () => {
    await open.page.clock.install();
    await nameField().fill('said');
    await press('Save');
    const saved = open.page.getByText('Saved. Events are mapped with it from now on.');
    await saved.waitFor();

    await open.page.clock.runFor(11_000);

    await saved.waitFor({ state: 'detached' });
  }, IN_BROWSER_MS);

  it('leaves the cursor where it is when the saved text comes back formatted', async () => {
    const editor = open.page.getByRole('textbox', { name: 'The mapping as JSON' });
    await open.edit('The mapping as JSON', JSON.stringify(MAPPING));
    await open.page.keyboard.press('Control+Home');
    for (let steps = 0; steps < '{"name":"al'.length; steps += 1) await open.page.keyboard.press('ArrowRight');

    await open.page.keyboard.press('Control+S');
    await state('Saved').waitFor();
    await open.page.keyboard.insertText('X');

    await editor.getByText('"alXl"').waitFor();
  }, IN_BROWSER_MS);

  it('shows what another editor, or another tab, saved', async () => {
    studio().writeMappings(THEIRS);

    await listed('theirs').waitFor();
    await state('Saved').waitFor();
  }, IN_BROWSER_MS);

  it('keeps what is edited when another one saved, and asks before it writes over that', async () => {
    await nameField().fill('mine');
    const read = open.page.waitForResponse('**/api/studio/mappings');
    studio().writeMappings(THEIRS);
    await read;

    await state('Changed on disk').waitFor();
    expect(await nameField().inputValue()).toBe('mine');
    await press('Save');
    await open.page.getByRole('dialog', { name: 'The file changed on disk' }).waitFor();
    expect(studio().mappings()).toBe(THEIRS);
  }, IN_BROWSER_MS);

  it('tries an event with what is saved by now', async () => {
    await open.goTo('try');
    await open.edit('The event as JSON; paste or edit it', JSON.stringify(trackEvent('tried')));
    const outcome = open.page.getByRole('region', { name: 'What becomes of it' });
    await outcome.getByRole('heading', { name: 'all' }).waitFor();

    studio().writeMappings(THEIRS);

    await outcome.getByRole('heading', { name: 'theirs' }).waitFor();
    await outcome.getByText('With the mappings as saved.').waitFor();
  }, IN_BROWSER_MS);

  it('brings back what runs when the file was deleted', async () => {
    studio().deleteMappings();
    await open.page.getByText('There is no file').waitFor();
    await open.page.getByText('mappings.json: It is empty.').waitFor();

    await press('Take what runs');
    await listed('all').waitFor();
    await press('Save');

    await state('Saved').waitFor();
    expect(namesOnDisk()).toEqual(['all']);
  }, IN_BROWSER_MS);

  it('shows the event that was chosen last, whichever comes last', async () => {
    await studio().send(trackEvent('slow', { event: 'the_slow' }));
    await studio().send(trackEvent('quick', { event: 'the_quick' }));
    await open.goTo('live');
    await open.row('the_slow').waitFor();
    await open.row('the_quick').waitFor();
    await open.goTo('try');
    const choices = open.page.getByRole('list', { name: 'Events', exact: true });
    const letGo = await holdBack(open, '**/api/studio/event?*');
    const asked = open.page.waitForRequest('**/api/studio/event?*');
    await choices.getByRole('button', { name: 'the_slow' }).click();
    const slow = await asked;

    await choices.getByRole('button', { name: 'the_quick' }).click();
    const editor = open.page.getByRole('textbox', { name: 'The event as JSON' });
    await editor.getByText('"the_quick"').waitFor();
    letGo();
    await (await slow.response())?.finished();

    await open.page.waitForTimeout(100);
    expect(await editor.getByText('"the_quick"').count()).toBe(1);
  }, IN_BROWSER_MS);
});
