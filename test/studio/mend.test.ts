import { expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';

const WRONG_TRIGGER = 'type = "track" and event = "apicall"';
const RIGHT_TRIGGER = 'type = "track" and event = "api_call"';
const WRONG_CUSTOMER = { ...MAPPING, mapping: { ...MAPPING.mapping, customer_id: { '@path': '$.context.company' } } };

describeInBrowser(
  'a mapping whose trigger never matches',
  ({ browser, studio }) => {
    it('is tried, told why not, mended, tried again and saved, and the next event is delivered', async () => {
      const open = await openStudio(browser(), studio().bridge().url);
      const { page } = open;
      await studio().send(trackEvent('too-early'));
      await open.row('filtered', 'api_call').click();
      await page.getByRole('button', { name: 'Open in Try' }).click();

      const outcome = page.getByRole('region', { name: 'What becomes of it' });
      await outcome.getByText('Would be').getByText('filtered').waitFor();
      await outcome.getByText("✕ doesn't match").waitFor();
      const conditions = outcome.getByRole('list', { name: 'Trigger' }).getByRole('listitem');
      await conditions.filter({ hasText: "doesn't hold: event = \"apicall\"the event has \"api_call\"" }).last().waitFor();
      await conditions.filter({ hasText: 'holds: type = "track"' }).last().waitFor();

      await open.goTo('mappings');
      await page.getByRole('list', { name: 'Mappings' }).getByRole('button', { name: 'all', exact: true }).click();
      await page.getByLabel('Trigger').fill(RIGHT_TRIGGER);
      await page.getByRole('button', { name: 'Try it' }).click();
      await outcome.getByText('as you edited them, not saved yet').waitFor();
      await outcome.getByText('✓ matches').waitFor();
      await outcome.getByRole('row', { name: 'customer_id "customer-1" $.context.groupId' }).waitFor();
      await outcome.getByText('with the saved mappings: filtered').waitFor();
      await outcome.getByRole('button', { name: 'Run over the last 1,000 events' }).click();
      await outcome.getByText('1 event of 2 would change.').waitFor();
      await outcome.getByRole('row', { name: 'delivered 0 1 +1' }).waitFor();
      await outcome.getByRole('list', { name: 'Events that would change' }).getByRole('listitem').filter({ hasText: 'api_call' }).waitFor();
      expect(studio().mappings()).toContain('apicall');

      await open.goTo('mappings');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved. Events are mapped with it from now on.').waitFor();
      expect(JSON.parse(studio().mappings())).toMatchObject({ mappings: [{ name: 'all', trigger: RIGHT_TRIGGER }] });

      await open.goTo('live');
      await studio().send(trackEvent('in-time', { context: { groupId: 'customer-2' } }));
      await open.row('delivered', 'api_call', 'customer-2').waitFor();
      expect(open.complaints).toEqual([]);
      await open.close();
    }, IN_BROWSER_MS);
  },
  { mappings: mappingsText({ ...MAPPING, trigger: WRONG_TRIGGER }) },
);

describeInBrowser(
  'quarantined events',
  ({ browser, studio }) => {
    it('are found, mended, counted in a dry run, and sent again', async () => {
      const open = await openStudio(browser(), studio().bridge().url);
      const { page } = open;
      await studio().send(trackEvent('mended-1', { event: 'first' }));
      await studio().send(trackEvent('mended-2', { event: 'second' }));
      await studio().send(trackEvent('never-mended', { event: 'third', context: {} }));
      await open.row('quarantined', 'third', 'missing_field · customer_id').waitFor();
      const { fates } = await studio().bridge().drained(IN_BROWSER_MS);
      const total = fates.quarantined;
      const mended = total - 1;
      expect(mended).toBeGreaterThanOrEqual(2);

      await open.goTo('quarantine');
      await page.getByRole('row', { name: `missing_field customer_id ${total}` }).getByRole('button', { name: 'missing_field' }).click();
      const group = page.getByRole('region', { name: 'Group' });
      await group.getByRole('article').filter({ hasText: 'mended-2' }).getByRole('button', { name: 'Open in Try' }).click();
      const outcome = page.getByRole('region', { name: 'What becomes of it' });
      await outcome.getByText('Would be').getByText('quarantined').waitFor();
      await outcome.getByRole('row', { name: 'customer_id nothing $.context.company not in the event' }).waitFor();

      await open.goTo('mappings');
      await page.getByRole('list', { name: 'Mappings' }).getByRole('button', { name: 'all', exact: true }).click();
      await open.edit('The mapping as JSON', JSON.stringify(MAPPING));
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved. Events are mapped with it from now on.').waitFor();
      expect(JSON.parse(studio().mappings())).toMatchObject({ mappings: [MAPPING] });

      await open.goTo('quarantine');
      await page.getByRole('button', { name: 'missing_field' }).click();
      await group.getByRole('button', { name: 'Replay these…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Replay' });
      await dialog.getByText(`${total} events selected. They would be:`).waitFor();
      expect(await dialog.getByRole('definition').allTextContents()).toEqual([String(mended), '0', '1', '0']);
      await dialog.getByText('1 event would only be quarantined again, and is not sent.').waitFor();
      expect((await studio().bridge().state()).fates.quarantined).toBe(total);
      await dialog.getByRole('button', { name: `Send ${mended} events again` }).click();
      await dialog.getByText(`${mended} events sent again.`).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();

      const after = await studio().bridge().drained(IN_BROWSER_MS);
      expect(after.fates).toEqual({ ...fates, quarantined: 1, delivered: fates.delivered + mended });
      await open.goTo('live');
      await open.row('delivered', 'first').waitFor();
      await open.row('delivered', 'second').waitFor();
      await open.goTo('quarantine');
      await page.getByRole('row', { name: 'missing_field customer_id 1' }).waitFor();
      expect(open.complaints).toEqual([]);
      await open.close();
    }, IN_BROWSER_MS);
  },
  { mappings: mappingsText(WRONG_CUSTOMER) },
);
