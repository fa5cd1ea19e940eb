/**
 * Makes docs/studio.png, the studio as docs/studio.md shows it: `npx node test/studio/picture.ts`. The events are the same each
 * time; only the times in the picture differ.
 */
import { join } from 'node:path';

import { PROJECT } from '../helpers/project.ts';
import { trackEvent } from '../helpers/segment.ts';
import type { SegmentEvent } from '../helpers/segment.ts';
import { findChromium } from './chromium.ts';
import { launchChromium } from './launch.ts';
import { startStudio } from './studio.ts';
import { openStudio } from './studio-page.ts';

const CUSTOMERS = ['acme-corp', 'globex', 'initech', 'umbrella'];
const EVENTS = ['Report Exported', 'API Called', 'Seat Added', 'Document Signed'];
const COUNT = 28;

function eventOf(index: number): SegmentEvent {
  const event = EVENTS[index % EVENTS.length] ?? '';
  if (index % 9 === 4) return trackEvent(`msg-${index}`, { type: 'page', name: 'Pricing' });
  const context = index % 11 === 7 ? {} : { groupId: CUSTOMERS[index % CUSTOMERS.length] };
  return trackEvent(`msg-${index}`, { event, context, properties: { pages: 3 + index, format: 'pdf', region: 'eu-west-1' } });
}

const path = findChromium(process.env);
if (path === undefined) throw new Error('There is no Chromium; set CHROMIUM_PATH.');
const studio = await startStudio();
const browser = await launchChromium(path);
try {
  const { page, row, close } = await openStudio(browser, studio.bridge().url, { reader: { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1 } });
  for (let index = 0; index < COUNT; index += 1) await studio.send(eventOf(index));
  await studio.bridge().drained(30_000);
  // One more: the sample.
  await page.getByText(`${COUNT + 1} events`).waitFor();
  await row('quarantined').first().click();
  await page.getByRole('region', { name: 'Raw event' }).waitFor();
  await page.screenshot({ path: join(PROJECT, 'docs/studio.png') });
  await close();
} finally {
  await browser.close();
  await studio.stop();
}
