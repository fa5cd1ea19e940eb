import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { PATHS } from '../../../local/studio/api.ts';
import type { DeletedTry, MappingTry, TryView } from '../../../local/studio/api.ts';
import { deletedTexts, differingTexts } from '../../../local/studio/page/try/outcome-text.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { MAPPING, mappingsText, NOW, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

const withId = (name: string, changes: object = {}) => ({ ...MAPPING, name, mapping: { ...MAPPING.mapping, transaction_id: { '@template': `{{messageId}}-${name}` } }, ...changes });
const OFF = withId('off', { enabled: false });
const PAGES = withId('pages', { trigger: 'type = "page"' });
const FAULTY = { ...withId('faulty'), mapping: { ...MAPPING.mapping, transaction_id: 'f', customer_id: { '@path': '$.none' } } };
const EVENT = JSON.stringify(trackEvent('m-1', {}, NOW));

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld({ text: mappingsText(MAPPING, OFF, PAGES, FAULTY) });
});

afterAll(() => world.stop());

async function tryIt(...mappings: readonly object[]): Promise<TryView> {
  const { body } = await world.ask(PATHS.try, { text: mappingsText(...mappings), event: EVENT });
  return JSON.parse(body) as TryView;
}

function only<T>(list: readonly T[]): T {
  const [one, ...others] = list;
  if (one === undefined || others.length > 0) throw new Error(`${list.length} where one is expected`);
  return one;
}

async function deletedOf(gone: object): Promise<DeletedTry> {
  return only((await tryIt(...[MAPPING, OFF, PAGES, FAULTY].filter((one) => one !== gone))).deleted);
}

describe('what was deleted in the editor', () => {
  it('is nothing as long as every saved mapping is there, whatever it says', async () => {
    expect((await tryIt(FAULTY, PAGES, OFF, { ...MAPPING, trigger: 'type = "page"' })).deleted).toEqual([]);
  });

  it('is told with the trigger, and with what the saved mapping makes of the event', async () => {
    const deleted = await deletedOf(MAPPING);

    expect(deleted).toMatchObject({ mapping: 'all', enabled: true, matched: true, trigger: 'type = "track"', condition: { holds: true } });
    expect(JSON.parse(deleted.json ?? '')).toMatchObject({ transaction_id: 'm-1', customer_id: 'customer-1' });
    expect(deletedTexts(deleted)).toEqual({ before: expect.stringContaining('"transaction_id": "m-1"'), after: 'no such mapping: no usage event' });
  });

  it.each([
    ['one that was off', OFF, { enabled: false, matched: true }, 'switched off: no usage event'],
    ['one that doesn\'t match', PAGES, { enabled: true, matched: false }, "doesn't match: no usage event"],
    ['one at fault', FAULTY, { enabled: true, matched: true, fault: { reason: 'missing_field', field: 'customer_id' } }, 'quarantined: missing_field · customer_id'],
  ])('is told of %s', async (_, gone, expected, before) => {
    const deleted = await deletedOf(gone);

    expect(deleted).toMatchObject({ mapping: gone.name, ...expected });
    expect(deletedTexts(deleted).before).toBe(before);
  });

  it('is the old name of a renamed mapping, beside the new one', async () => {
    const { mappings, deleted } = await tryIt({ ...MAPPING, name: 'renamed' }, OFF, PAGES, FAULTY);

    expect(deleted).toMatchObject([{ mapping: 'all' }]);
    expect(mappings[0]).toMatchObject({ mapping: 'renamed', saved: { matched: false } });
  });

  it('leaves the fate to what is left', async () => {
    expect(await tryIt(MAPPING, OFF, PAGES)).toMatchObject({ fate: 'delivered', savedFate: 'quarantined', deleted: [{ mapping: 'faulty' }] });
  });
});

describe('the difference to the saved mapping', () => {
  async function textsOf(edited: object): Promise<ReturnType<typeof differingTexts>> {
    const { mappings } = await tryIt(edited);
    const tried: MappingTry = only(mappings);
    if (tried.saved === undefined) throw new Error('no difference');
    return differingTexts(tried, tried.saved);
  }

  it('is told of a mapping that was switched off or on, though its usage event is the same', async () => {
    expect(await textsOf({ ...MAPPING, enabled: false })).toEqual({ before: expect.stringContaining('"m-1"'), after: 'switched off: no usage event' });
    expect(await textsOf({ ...OFF, enabled: true })).toEqual({ before: 'switched off: no usage event', after: expect.stringContaining('"m-1-off"') });
  });

  it('of one that is off on both sides is what it would make', async () => {
    const changed = { ...OFF, mapping: { ...OFF.mapping, event_type: 'renamed' } };

    expect(await textsOf(changed)).toEqual({ before: expect.stringContaining('"api_call"'), after: expect.stringContaining('"renamed"') });
  });

  it('of a new one is all of it', async () => {
    expect(await textsOf(withId('new'))).toEqual({ before: 'not in the saved file: no usage event', after: expect.stringContaining('"m-1-new"') });
  });

  it('tells that a trigger can\'t be used', async () => {
    expect(await textsOf({ ...MAPPING, trigger: ')' })).toMatchObject({ after: 'no usage event: unusable_mapping' });
  });
});
