import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';

import { runBridge } from '../cli/run.ts';
import { ioDouble } from './cli/io-double.ts';
import { PROJECT, PROJECT_FOLDER } from './helpers/project.ts';


const MAPPINGS = join(PROJECT_FOLDER, 'mappings.json');

async function preview(...words: readonly string[]) {
  const double = ioDouble(PROJECT);
  const status = await runBridge(['preview', '--json', '--mappings', MAPPINGS, ...words], double.io);
  const lines = double.outLines();
  return { status, events: lines.slice(0, -1), summary: lines.at(-1)?.['summary'] };
}

describe('samples/', () => {
  it('holds events of every type, with every fate under the default mapping', async () => {
    const { status, events, summary } = await preview();

    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['track', 'identify', 'page', 'group', 'screen', 'alias']));
    expect(summary).toMatchObject({
      events: 18,
      broken: 0,
      fates: { delivered: 9, filtered: 6, quarantined: 3 },
      reasons: { missing_field: 2, timestamp_too_old: 1 },
    });
    expect(status).toBe(1);
  });

  it('shows an event without its customer in quarantine, by the field', async () => {
    const { events } = await preview('samples/events/track-without-group.json');

    expect(events).toEqual([expect.objectContaining({ fate: 'quarantined', reason: 'missing_field', field: 'customer_id' })]);
  });

  it('bills billing_event calls by all five fields, but not the company\'s own or those without a user', async () => {
    const { status, events, summary } = await preview('samples', '--mappings', 'samples/mappings/billing-event.json');

    const billed = events.filter(({ fate }) => fate === 'delivered').flatMap(({ usage }) => usage);
    expect(billed).toEqual([
      {
        mapping: 'Bill billing_event calls of customers',
        transactionId: 'render-job-20261118-0042',
        verdict: 'delivered',
        usageEvent: {
          transaction_id: 'render-job-20261118-0042',
          customer_id: 'globex-7741',
          timestamp: '2026-11-18T11:29:58.204Z',
          event_type: 'billing_event',
          properties: { action: 'render', jobId: 'job-20261118-0042', username: 'maria' },
        },
      },
    ]);
    expect(events.filter(({ eventName }) => eventName === 'billing_event').map(({ file, fate }) => [file, fate])).toEqual([
      ['samples/events/track-billing-event-anonymous.json', 'filtered'],
      ['samples/events/track-billing-event-internal.json', 'filtered'],
      ['samples/events/track-billing-event.json', 'delivered'],
    ]);
    expect(summary).toMatchObject({ fates: { delivered: 1, filtered: 17, quarantined: 0 } });
    expect(status).toBe(0);
  });
});
