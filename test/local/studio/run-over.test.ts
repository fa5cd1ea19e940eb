import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { PATHS } from '../../../local/studio/api.ts';
import type { RunView } from '../../../local/studio/api.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { MAPPING, mappingsText, NOW, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

let world: StudioWorld;

beforeEach(async () => {
  world = await startStudioWorld();
});

afterEach(() => world.stop());

async function run(text: string): Promise<RunView> {
  return JSON.parse((await world.ask(PATHS.run, { text })).body) as RunView;
}

const withMapping = (changes: object): string => mappingsText({ ...MAPPING, mapping: { ...MAPPING.mapping, ...changes } });

describe('run', () => {
  it('finds nothing changed by the mappings as they are', async () => {
    world.settle([trackEvent('a', {}, NOW), trackEvent('b', { context: {} }, NOW), { type: 'page' }, 'not json']);

    expect(await run(mappingsText())).toEqual({ events: 4, changes: [], changed: 0, fatesBefore: { delivered: 1, filtered: 1, quarantined: 2 }, fatesAfter: { delivered: 1, filtered: 1, quarantined: 2 } });
  });

  it('tells which fates and usage events change, and how', async () => {
    world.settle([trackEvent('a', {}, NOW), trackEvent('b', { context: {} }, NOW)]);

    const { changed, changes, fatesBefore, fatesAfter } = await run(withMapping({ customer_id: { '@path': '$.userId' } }));

    expect({ changed, fatesBefore, fatesAfter }).toEqual({ changed: 2, fatesBefore: { delivered: 1, filtered: 0, quarantined: 1 }, fatesAfter: { delivered: 2, filtered: 0, quarantined: 0 } });
    expect(changes).toEqual([
      { event: expect.objectContaining({ messageId: 'b' }), before: 'quarantined: missing_field (customer_id); nothing by "all"', after: 'delivered; one usage event by "all"' },
      { event: expect.objectContaining({ messageId: 'a' }), before: 'customer_id: "customer-1"', after: 'customer_id: "user-1"' },
    ]);
  });

  it('takes the last 1,000 events once each, as of when they ran, and names 200 of the changes', async () => {
    const old = NOW - 60 * 24 * 60 * 60_000;
    world.settle(Array.from({ length: 1_200 }, (_, index) => trackEvent(`e${index}`, {}, NOW)));
    world.settle([trackEvent('again', {}, NOW), trackEvent('again', {}, NOW)], { sqsMessageId: 'one message' });
    world.settle([trackEvent('old', {}, old)], { acceptedAt: old });

    const { events, changed, changes, fatesBefore } = await run(withMapping({ event_type: 'other' }));

    expect({ events, changed, changes: changes.length, fatesBefore }).toEqual({ events: 1_000, changed: 999, changes: 200, fatesBefore: { delivered: 999, filtered: 0, quarantined: 1 } });
    expect(new Set(changes.map(({ event }) => event.sqsMessageId)).size).toBe(200);
  });

  it.each([
    ['no mappings file', '{}'],
    ['a trigger that can\'t be read', mappingsText({ ...MAPPING, trigger: ')' })],
  ])('says what is wrong with %s', async (_, text) => {
    expect(await world.ask(PATHS.run, { text })).toMatchObject({ status: 422, body: expect.stringContaining('"error"') });
  });
});
