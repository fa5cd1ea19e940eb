import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const PAGES = { ...MAPPING, name: 'pages', trigger: 'type = "page"' };
const SCREENS = { ...MAPPING, name: 'screens', trigger: 'type = "screen"' };
const FILE = mappingsText(MAPPING, PAGES, SCREENS);

describeInBrowser('the list of mappings', ({ browser, studio }) => {
  let open: StudioPage;
  const list = () => open.page.getByRole('list', { name: 'Mappings' });
  const named = (name: string) => list().getByRole('button', { name, exact: true });
  const sheet = () => open.page.getByRole('region', { name: 'Mapping', exact: true });
  const press = (name: string) => sheet().getByRole('button', { name, exact: true }).click();
  const focused = (): Promise<string> => open.page.evaluate<string>('document.activeElement.textContent.trim()');
  const onDisk = (): readonly Readonly<Record<string, unknown>>[] => (JSON.parse(studio().mappings()) as { mappings: Record<string, unknown>[] }).mappings;
  const namesOnDisk = (): unknown => onDisk().map(({ name }) => name);
  const isSaved = () => open.page.getByText('Saved. Events are mapped with it from now on.').waitFor();

  beforeEach(async () => {
    studio().writeMappings(FILE);
    open = await openStudio(browser(), studio().bridge().url, { view: 'mappings' });
    await named('screens').waitFor();
  }, IN_BROWSER_MS);
  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  async function save(): Promise<void> {
    await open.page.getByRole('button', { name: 'Save', exact: true }).click();
    await isSaved();
  }

  it('adds one at the end, off and complete, and the others stay as they were', async () => {
    await open.page.getByRole('button', { name: 'Add a mapping' }).click();
    await sheet().getByRole('heading', { name: 'New mapping' }).waitFor();
    await sheet().getByLabel('Name').fill('groups');
    await sheet().getByLabel('Trigger').fill('type = "group"');
    await save();

    const [, , , added] = onDisk();
    expect(namesOnDisk()).toEqual(['all', 'pages', 'screens', 'groups']);
    expect(added).toEqual({ ...MAPPING, name: 'groups', enabled: false, trigger: 'type = "group"' });
    expect(JSON.parse(studio().mappings())).toMatchObject({ $schema: './mappings.schema.json', mappings: [MAPPING, PAGES, SCREENS, {}] });
  }, IN_BROWSER_MS);

  it('copies one behind itself, off and under a name of its own', async () => {
    await named('all').click();
    await press('Copy');
    await sheet().getByRole('heading', { name: 'all copy' }).waitFor();
    await named('all').click();
    await press('Copy');
    await sheet().getByRole('heading', { name: 'all copy 2' }).waitFor();
    await save();

    expect(namesOnDisk()).toEqual(['all', 'all copy 2', 'all copy', 'pages', 'screens']);
    expect(onDisk()[1]).toEqual({ ...MAPPING, name: 'all copy 2', enabled: false });
  }, IN_BROWSER_MS);

  it('moves one by mouse, which stays open', async () => {
    await named('screens').click();
    await press('Move up');
    await sheet().getByText('2 of 3').waitFor();
    await press('Move up');
    await sheet().getByText('1 of 3').waitFor();
    expect(await sheet().getByLabel('Name').inputValue()).toBe('screens');
    await save();

    expect(onDisk()).toEqual([SCREENS, MAPPING, PAGES]);
    await open.page.reload();
    await sheet().getByRole('heading', { name: 'screens' }).waitFor();
  }, IN_BROWSER_MS);

  it('moves one with Alt and the arrows, and the focus goes along', async () => {
    await named('all').focus();
    await open.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('pages');
    await open.page.keyboard.press('Alt+ArrowUp');
    expect(await focused()).toBe('pages');
    await open.page.keyboard.press('Alt+ArrowUp');
    expect(await focused()).toBe('pages');

    await open.page.keyboard.press('Control+s');
    await isSaved();

    expect(onDisk()).toEqual([PAGES, MAPPING, SCREENS]);
  }, IN_BROWSER_MS);

  it('moves the open one by keyboard as far as the end, without losing the focus', async () => {
    await named('all').click();
    await sheet().getByRole('button', { name: 'Move down' }).focus();
    for (const place of ['2 of 3', '3 of 3', '3 of 3']) {
      await open.page.keyboard.press('Enter');
      await sheet().getByText(place).waitFor();
      expect(await focused()).toBe('Move down');
    }

    await named('pages').focus();
    await open.page.keyboard.press('Alt+ArrowDown');
    await open.page.keyboard.press('Alt+ArrowDown');
    await sheet().getByText('2 of 3').waitFor();
    expect(await sheet().getByLabel('Name').inputValue()).toBe('all');
    await open.page.keyboard.press('Control+s');
    await isSaved();

    expect(onDisk()).toEqual([SCREENS, MAPPING, PAGES]);
  }, IN_BROWSER_MS);

  it('switches one off, and its events are filtered from then on', async () => {
    await list().getByRole('switch', { name: 'Use the mapping all' }).click();
    await list().getByRole('switch', { name: 'Use the mapping all', checked: false }).waitFor();
    await save();

    expect(onDisk()).toEqual([{ ...MAPPING, enabled: false }, PAGES, SCREENS]);
    await open.goTo('live');
    await studio().send(trackEvent('while-off', { event: 'while_off' }));
    await open.row('filtered', 'while_off').waitFor();
  }, IN_BROWSER_MS);

  it('deletes one, brings it back where it was, and deletes it for good once that is saved', async () => {
    await named('pages').click();
    await press('Delete');
    await named('pages').waitFor({ state: 'detached' });
    expect(await sheet().count()).toBe(0);
    await open.page.getByRole('button', { name: 'Undo' }).click();
    await sheet().getByText('2 of 3').waitFor();
    await open.page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    expect(studio().mappings()).toBe(FILE);

    await press('Delete');
    await open.page.getByText('Deleted the mapping “pages”. It is gone from the file once you save.').waitFor();
    await save();

    expect(onDisk()).toEqual([MAPPING, SCREENS]);
  }, IN_BROWSER_MS);
});
