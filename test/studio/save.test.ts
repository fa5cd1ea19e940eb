import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';
import type { StudioPage } from './studio-page.ts';

const THEIRS = mappingsText({ ...MAPPING, name: 'theirs' });

describeInBrowser('Save', ({ browser, studio }) => {
  let open: StudioPage;

  beforeEach(async () => {
    studio().writeMappings(mappingsText());
    open = await openStudio(browser(), studio().bridge().url, { view: 'mappings' });
    await open.page.getByRole('button', { name: 'all', exact: true }).click();
  }, IN_BROWSER_MS);
  afterEach(() => open.close());

  const namesOnDisk = (): unknown => (JSON.parse(studio().mappings()) as { mappings: { name: string }[] }).mappings.map(({ name }) => name);
  const dialog = () => open.page.getByRole('dialog', { name: 'The file changed on disk' });
  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();

  /** Edited here and there: saving finds out. */
  async function inConflict(): Promise<void> {
    await open.page.getByLabel('Name').fill('mine');
    studio().writeMappings(THEIRS);
    await press('Save');
    await dialog().getByText('Nothing has been written yet.').waitFor();
  }

  it('shows both sides of a conflict, and has written neither', async () => {
    await inConflict();

    const difference = dialog().getByRole('region', { name: 'Difference between the file on disk and your edit' });
    await difference.getByText('removed: "name": "theirs"').waitFor();
    await difference.getByText('added: "name": "mine"').waitFor();
    expect(studio().mappings()).toBe(THEIRS);
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('writes over theirs once the reader has said so', async () => {
    await inConflict();

    await press('Keep mine, write over theirs');

    await open.page.getByText('Saved. Events are mapped with it from now on.').waitFor();
    expect(namesOnDisk()).toEqual(['mine']);
    expect(await dialog().count()).toBe(0);
  }, IN_BROWSER_MS);

  it('takes theirs and drops the own edit', async () => {
    await inConflict();

    await press('Take theirs, drop mine');

    await open.page.getByRole('list', { name: 'Mappings' }).getByRole('button', { name: 'theirs', exact: true }).waitFor();
    await open.page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    expect(namesOnDisk()).toEqual(['theirs']);
  }, IN_BROWSER_MS);

  it('goes on editing, and is in conflict still', async () => {
    await inConflict();

    await press('Go on editing');
    await open.page.getByRole('status').getByText('Unsaved changes').waitFor();
    await press('Save');

    await dialog().waitFor();
    expect(namesOnDisk()).toEqual(['theirs']);
  }, IN_BROWSER_MS);

  it('is refused while the linter finds errors, and done once they are acknowledged', async () => {
    const constantId = { ...MAPPING, mapping: { ...MAPPING.mapping, transaction_id: 'always-the-same' } };
    await open.edit('The mapping as JSON', JSON.stringify(constantId));
    await press('Save');

    await open.page.getByRole('alert').getByText('Not saved: 1 error would lose events or bill them wrongly.').waitFor();
    expect(studio().mappings()).toBe(mappingsText());
    await open.page.getByRole('list', { name: 'Findings' }).getByText('transaction_id').first().waitFor();

    await press('Acknowledge');
    await open.page.getByText('acknowledged', { exact: true }).first().waitFor();
    await press('Save');
    await open.page.getByText('Saved. Events are mapped with it from now on.').waitFor();
    expect(JSON.parse(studio().mappings())).toMatchObject({ mappings: [constantId] });
    expect(open.complaints).toEqual([]);
  }, IN_BROWSER_MS);

  it('is refused for what is no JSON', async () => {
    await open.edit('The mapping as JSON', '{"name": ');
    await open.page.getByText('This is no JSON yet').waitFor();
    await press('Save');

    await open.page.getByRole('alert').getByText('Not saved').waitFor();
    expect(studio().mappings()).toBe(mappingsText());
  }, IN_BROWSER_MS);
});
