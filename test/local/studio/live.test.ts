import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { PATHS } from '../../../local/studio/api.ts';
import type { EventDetail, EventPage } from '../../../local/studio/api.ts';
import type { Run } from '../../../local/studio/run.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { MAPPING, mappingsText, NOW, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

let world: StudioWorld;

beforeEach(async () => {
  world = await startStudioWorld();
});

afterEach(() => world.stop());

function track(messageId: string, overrides: Readonly<Record<string, unknown>> = {}): object {
  return trackEvent(messageId, overrides, NOW);
}

async function events(query = ''): Promise<EventPage> {
  return JSON.parse((await world.ask(`${PATHS.events}${query}`)).body) as EventPage;
}

async function detail(seq: number | undefined): Promise<EventDetail> {
  return JSON.parse((await world.ask(`${PATHS.event}?seq=${seq}`)).body) as EventDetail;
}

describe('the list', () => {
  it('shows each run in short, the newest first', async () => {
    world.settle([track('good'), { type: 'page', name: 'Pricing', messageId: 'passed by' }]);
    world.settle([track('bad', { context: {} })], { receiveCount: 3 });

    const { events: [bad, filtered, good], hasMore } = await events();

    expect(hasMore).toBe(false);
    expect(good).toEqual({ seq: 5_001, at: NOW, acceptedAt: NOW - 1_500, sqsMessageId: 'sqs-1', messageId: 'good', type: 'track', name: 'api_call', customer: 'customer-1', fate: 'delivered', mappings: ['all'], receiveCount: 1 });
    expect(filtered).toMatchObject({ seq: 5_002, fate: 'filtered', type: 'page', name: 'Pricing', mappings: [] });
    expect(bad).toMatchObject({ seq: 5_003, fate: 'quarantined', reason: 'missing_field', field: 'customer_id', receiveCount: 3 });
    expect(bad).not.toHaveProperty('customer');
  });

  it('keeps hostile values as they are, cut short, and reads what is no event', async () => {
    const hostile = '</script><img src=x onerror=alert(1)>\u202e\u0000"';
    world.settle([
      track(hostile, { event: `😀${'x'.repeat(100_000)}`, context: { groupId: `${'y'.repeat(199)}😀😀` } }),
      '{"type":"track"',
      '[1]',
      track('number', { event: 42 }),
      track('types', { event: { nested: true }, userId: 7, context: { groupId: 12 } }),
      '{"__proto__":{"type":"track"},"constructor":1,"messageId":"own only"}',
    ]);

    const { events: [ownOnly, types, number, array, broken, first] } = await events();

    expect(first).toMatchObject({ messageId: hostile, name: `😀${'x'.repeat(198)}…`, customer: `${'y'.repeat(199)}…` });
    expect(broken).toMatchObject({ fate: 'quarantined', reason: 'not_json', mappings: [] });
    expect(array).toMatchObject({ reason: 'not_an_event' });
    expect(types).toMatchObject({ messageId: 'types', customer: '12' });
    expect(number).toMatchObject({ name: '42' });
    expect(types).not.toHaveProperty('name');
    expect(ownOnly).toMatchObject({ fate: 'filtered', messageId: 'own only' });
    expect(ownOnly).not.toHaveProperty('type');
  });

  it.each([
    ['?fate=filtered', ['page-1']],
    ['?fate=filtered,quarantined', ['page-1', 'bad-1']],
    ['?reason=missing_field', ['bad-1']],
    ['?reason=missing_field,not_json&fate=delivered', []],
    ['?text=CUSTOMER-1', ['good-2', 'good-1']],
    ['?text=customer_id', ['bad-1']],
    ['?text=sqs-2', ['bad-1']],
    ['?limit=2', ['page-1', 'good-2']],
    ['?before=5004&limit=1', ['good-2']],
    ['?before=5003&text=good', ['good-1']],
    ['?before=none&limit=-1&fate=', ['page-1', 'good-2', 'bad-1', 'good-1']],
    ['?limit=0', []],
  ])('%s shows %j', async (query, shown) => {
    world.settle([track('good-1'), track('bad-1', { context: {} }), track('good-2'), { type: 'page', messageId: 'page-1' }]);

    const page = await events(query);

    expect(page.events.map(({ messageId }) => messageId)).toEqual(shown);
  });

  it('says if there are older ones', async () => {
    world.settle(Array.from({ length: 5 }, (_, index) => track(`e${index}`)));

    expect((await events('?limit=4')).hasMore).toBe(true);
    expect((await events('?limit=5')).hasMore).toBe(false);
  });

  it('begins with what the ledger holds, below what has come since, and says so when it can\'t', async () => {
    await world.stop();
    const old: Run = { at: NOW - 60_000, acceptedAt: NOW - 61_000, sqsMessageId: 'old', messageId: 'm-old', fate: 'returned', reason: 'rate_limited', usage: [], receiveCount: 1, mappingVersion: 'unknown', body: '{"type":"track"}', encoding: 'text' };
    async function* past() {
      yield [{ ...old, at: NOW, sqsMessageId: 'sqs-1' }, old, { ...old, sqsMessageId: 'older' }];
      throw new Error('the bucket is away');
    }
    world = await startStudioWorld({ services: { past } });
    world.settle([track('live')]);

    await world.studio.prepare();

    expect((await events()).events.map(({ seq, sqsMessageId }) => [seq, sqsMessageId])).toEqual([[5_001, 'sqs-1'], [5_000, 'old'], [4_999, 'older']]);
    expect(world.problems).toEqual([{ at: 'studio', message: expect.stringContaining('the bucket is away') }]);
  });
});

describe('one event', () => {
  it('is shown with its text, its usage events and their JSON, digit for digit', async () => {
    const text = `{"type":"track","event":"e","messageId":"m","timestamp":"${new Date(NOW).toISOString()}","context":{"groupId":"c"},"properties":{"n":12345678901234567890}}`;
    world.settle([text]);

    const { events: [event] } = await events();
    const shown = await detail(event?.seq);

    expect(shown).toMatchObject({ event, raw: text, encoding: 'text', mappingVersion: world.mappings.current().compiled.version, runs: [event] });
    expect(shown.usage).toEqual([{ mapping: 'all', transactionId: 'm', verdict: 'delivered', status: 200, json: expect.stringContaining('"properties":{"n":12345678901234567890}') }]);
    expect(shown).not.toHaveProperty('faultPath');
  });

  it.each([
    ['the value at fault', { context: { groupId: { not: 'text' } } }, 'customer_id', '/context/groupId'],
    ['where it is missing', { context: { library: {} } }, 'customer_id', '/context'],
    ['the event, if nothing on the way to it is there', { context: undefined }, 'customer_id', ''],
    ['a timestamp', { timestamp: '2020-01-01T00:00:00Z' }, 'timestamp', '/timestamp'],
  ])('points at %s', async (_, overrides, field, path) => {
    world.settle([track('m', overrides)]);

    const shown = await detail(5_001);

    expect(shown.usage).toEqual([expect.objectContaining({ verdict: 'quarantined', field, detail: expect.any(String) })]);
    expect(shown.usage[0]).not.toHaveProperty('json');
    expect(shown.faultPath).toBe(path);
  });

  it('is shown with all its runs, replays too, the first one first', async () => {
    world.settle([track('m', { context: {} })], { sqsMessageId: 'first' });
    world.settle([track('other')]);
    world.settle([track('m', { context: {} })], { sqsMessageId: 'second', replay: { of: 'first', delivered: [] } });

    const shown = await detail(5_003);

    expect(shown.runs.map(({ sqsMessageId }) => sqsMessageId)).toEqual(['first', 'second']);
  });

  it('keeps the JSON that its own version of the mappings made', async () => {
    world.settle([track('m')]);
    await world.ask(PATHS.save, { text: mappingsText({ ...MAPPING, mapping: { ...MAPPING.mapping, event_type: 'another' } }), baseVersion: world.mappings.current().compiled.version });
    world.settle([track('m')]);

    const [before, after] = [await detail(5_001), await detail(5_002)];

    expect(before.usage[0]?.json).toContain('"event_type":"api_call"');
    expect(after.usage[0]?.json).toContain('"event_type":"another"');
    expect(after.mappingVersion).not.toBe(before.mappingVersion);
  });

  it('may be no text at all', async () => {
    const body = Buffer.from([0xff, 0xfe]).toString('base64');
    world.settle([body], { encoding: 'base64', text: undefined });

    expect(await detail(5_001)).toMatchObject({ raw: body, encoding: 'base64', usage: [] });
  });

  it('shows text as text that the queue could only carry as base64', async () => {
    const text = '{"type":"track","event":"\u202e🎉"}';
    world.settle([Buffer.from(text).toString('base64')], { encoding: 'base64', text });

    expect(await detail(5_001)).toMatchObject({ raw: text, encoding: 'text' });
  });

  it.each(['', '1', '5001', '-1', '1e3', 'x'])('is not found by seq %j', async (seq) => {
    const answer = await world.ask(`${PATHS.event}?seq=${seq}`);

    expect(answer).toMatchObject({ status: 404, body: expect.stringContaining('npm run bridge -- trace') });
  });
});
