import { expect, it } from '@jest/globals';

import { trackEvent } from '../helpers/segment.ts';
import { MAPPING, mappingsText } from '../local/studio/studio-world.ts';
import { describeInBrowser, IN_BROWSER_MS } from './in-browser.ts';
import { openStudio } from './studio-page.ts';

const SEATS = { ...MAPPING, name: 'seats', mapping: { ...MAPPING.mapping, transaction_id: { '@template': '{{messageId}}-seats' }, event_type: 'seats' } };

describeInBrowser(
  'Try, with a mapping deleted in the editor',
  ({ browser, studio }) => {
    it('tells what the saved one makes of the event, until it is brought back', async () => {
      const open = await openStudio(browser(), studio().bridge().url);
      const { page } = open;
      await studio().send(trackEvent('deleted-1', { event: 'with_seats' }));
      await open.row('delivered', 'with_seats').click();
      await page.getByRole('button', { name: 'Open in Try' }).click();
      const outcome = page.getByRole('region', { name: 'What becomes of it' });
      await outcome.getByRole('article').filter({ hasText: 'seats' }).getByText('✓ matches').first().waitFor();
      expect(await outcome.getByText('deleted', { exact: true }).count()).toBe(0);

      await open.goTo('mappings');
      await page.getByRole('list', { name: 'Mappings' }).getByRole('button', { name: 'seats', exact: true }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await open.goTo('try');

      const card = outcome.getByRole('article').filter({ has: page.getByRole('heading', { name: 'seats' }) });
      await card.getByText('Deleted in the editor, or renamed there. The saved mapping makes a usage event that is then no longer sent.').waitFor();
      await card.getByRole('list', { name: 'Trigger' }).waitFor();
      await outcome.getByText('1 mapping deleted').waitFor();
      const difference = card.getByRole('region', { name: 'Difference of seats' });
      await difference.getByText('removed: "transaction_id": "deleted-1-seats"').waitFor();
      await difference.getByText('added: no such mapping: no usage event').waitFor();
      await outcome.getByRole('button', { name: 'Run over the last 1,000 events' }).click();
      await outcome.getByRole('list', { name: 'Events that would change' }).getByRole('listitem').filter({ hasText: 'with_seats' }).waitFor();
      expect(studio().mappings()).toContain('-seats');

      await page.getByRole('button', { name: 'Undo' }).click();
      await open.goTo('try');
      await card.getByText('✓ matches').waitFor();
      expect(await card.getByText('deleted', { exact: true }).count()).toBe(0);
      expect(open.complaints).toEqual([]);
      await open.close();
    }, IN_BROWSER_MS);
  },
  { mappings: mappingsText(MAPPING, SEATS) },
);
