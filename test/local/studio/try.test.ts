import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { PATHS } from '../../../local/studio/api.ts';
import type { ConditionView, MappingTry, TryView } from '../../../local/studio/api.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { MAPPING, mappingsText, NOW, startStudioWorld } from './studio-world.ts';
import type { StudioWorld } from './studio-world.ts';

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld();
});

afterAll(() => world.stop());

const EVENT = trackEvent('m-1', { properties: { plan: 'pro', seats: 3, items: [{ sku: 'a' }], nothing: null } }, NOW);

async function tryIt(text: string, event: unknown = EVENT): Promise<TryView> {
  const answer = await world.ask(PATHS.try, { text, event: typeof event === 'string' ? event : JSON.stringify(event) });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body) as TryView;
}

async function tryMapping(changes: object, event: unknown = EVENT): Promise<MappingTry> {
  const [first] = (await tryIt(mappingsText({ ...MAPPING, ...changes }), event)).mappings;
  if (first === undefined) throw new TypeError('No mapping was tried.');
  return first;
}

describe('try', () => {
  it('shows what the mappings make of an event, and where each field came from', async () => {
    const { fate, savedFate, mappings: [mapping] } = await tryIt(mappingsText());

    expect({ fate, savedFate }).toEqual({ fate: 'delivered', savedFate: 'delivered' });
    expect(mapping).toMatchObject({ mapping: 'all', enabled: true, matched: true, condition: { text: 'and', holds: true, children: [{ text: 'type = "track"', holds: true, actual: '"track"' }] } });
    expect(mapping?.fields).toContainEqual({ field: 'customer_id', value: '"customer-1"', sources: [{ path: '$.context.groupId', value: '"customer-1"' }] });
    expect(JSON.parse(mapping?.json ?? '')).toMatchObject({ transaction_id: 'm-1', properties: { plan: 'pro' } });
    expect(mapping).not.toHaveProperty('saved');
    expect(mapping).not.toHaveProperty('fault');
  });

  it('shows what differs from the saved mappings: changed, new and switched off', async () => {
    const changed = { ...MAPPING, mapping: { ...MAPPING.mapping, event_type: 'renamed' } };
    const { mappings } = await tryIt(mappingsText(changed, { ...changed, name: 'new', mapping: { ...changed.mapping, transaction_id: 'x' } }));
    const off = await tryMapping({ enabled: false });

    expect(mappings[0]?.saved).toMatchObject({ matched: true, json: expect.stringContaining('api_call') });
    expect(mappings[1]?.saved).toEqual({ matched: false });
    expect(off).toMatchObject({ enabled: false, matched: true, json: expect.stringContaining('api_call') });
  });

  it('tells the fate that a fault gives, and the field at fault, beside the fields that are fine', async () => {
    const text = mappingsText({ ...MAPPING, mapping: { ...MAPPING.mapping, customer_id: { '@path': '$.context.company.id' }, event_type: { '@case': { operator: 'sideways', value: 'x' } } } });

    const { fate, reason, field, savedFate, mappings: [mapping] } = await tryIt(mappingsText({ ...MAPPING, mapping: { ...MAPPING.mapping, customer_id: { '@path': '$.context.company.id' } } }));
    const answer = await world.ask(PATHS.try, { text, event: JSON.stringify(EVENT) });

    expect({ fate, reason, field, savedFate }).toEqual({ fate: 'quarantined', reason: 'missing_field', field: 'customer_id', savedFate: 'delivered' });
    expect(mapping?.fault).toMatchObject({ reason: 'missing_field', field: 'customer_id' });
    expect(mapping?.fields).toContainEqual({ field: 'customer_id', sources: [{ path: '$.context.company.id' }] });
    expect(JSON.parse(answer.body)).toMatchObject({ mappings: [{ fault: { reason: 'mapping_failed' }, fields: expect.arrayContaining([expect.objectContaining({ field: 'transaction_id', value: '"m-1"' })]) }] });
  });

  it('knows the limits', async () => {
    expect((await tryMapping({}, { ...EVENT, messageId: 'x'.repeat(129) })).fault).toMatchObject({ reason: 'id_too_long', field: 'transaction_id' });
    expect((await tryMapping({}, { ...EVENT, timestamp: '2026-09-01T00:00:00Z' })).fault).toMatchObject({ reason: 'timestamp_too_old' });
  });

  it('sees that two mappings give the same id', async () => {
    const { fate, reason, mappings } = await tryIt(mappingsText(MAPPING, { ...MAPPING, name: 'second' }));

    expect({ fate, reason }).toEqual({ fate: 'quarantined', reason: 'duplicate_transaction_id' });
    expect(mappings.map(({ fault }) => fault?.reason)).toEqual(['duplicate_transaction_id', 'duplicate_transaction_id']);
  });

  it.each([
    ['text that is no mappings file', '{', JSON.stringify(EVENT), /not JSON/],
    ['a name twice', mappingsText(MAPPING, MAPPING), JSON.stringify(EVENT), /a name of its own/],
    ['an event that is no JSON', mappingsText(), 'nothing', /one Segment event/],
    ['an event that is still typed', mappingsText(), '{"type": "track", }', /^This is no event yet\. It is not JSON: look at line 1, column 19, before "}"\./],
    ['an event that is an array', mappingsText(), '[]', /one Segment event/],
  ])('says what is wrong with %s', async (_, text, event, words) => {
    const answer = await world.ask(PATHS.try, { text, event });

    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringMatching(words) });
  });

  it('keeps hostile values as JSON text', async () => {
    const hostile = '</script>\u202e"\u2028';

    const { fields } = await tryMapping({}, { ...EVENT, context: { groupId: hostile } });

    expect(fields.find(({ field }) => field === 'customer_id')).toMatchObject({ value: JSON.stringify(hostile), sources: [{ value: JSON.stringify(hostile) }] });
  });
});

describe('the conditions', () => {
  function flat({ text, holds, actual, children }: ConditionView): unknown[] {
    return [[text, holds, actual], ...children.flatMap(flat)];
  }

  it.each<[string, readonly unknown[]]>([
    ['type = "page"', [['and', false, undefined], ['type = "page"', false, '"track"']]],
    ['type = "track" and properties.plan = "free"', [['and', false, undefined], ['type = "track"', true, '"track"'], ['properties.plan = "free"', false, '"pro"']]],
    ['properties.seats > 5 or properties.seats = 3', [['or', true, undefined], ['properties.seats > 5', false, '3'], ['properties.seats = 3', true, '3']]],
    ['type = "track" and (event = "x" or contains(event, "call"))', [['and', true, undefined], ['type = "track"', true, '"track"'], ['or', true, undefined], ['event = "x"', false, '"api_call"'], ['contains(event, "call")', true, '"api_call"']]],
    ['properties.none = null and properties.nothing = null', [['and', true, undefined], ['properties.none = null', true, undefined], ['properties.nothing = null', true, 'null']]],
    ['userId != null and match(event, "api*") and !contains(userId, "x")', [['and', true, undefined], ['userId != null', true, '"user-1"'], ['match(event, "api*")', true, '"api_call"'], ['!contains(userId, "x")', true, '"user-1"']]],
    ['properties.constructor = "x" or traits.a = 1', [['or', false, undefined], ['properties.constructor = "x"', false, undefined], ['traits.a = 1', false, undefined]]],
  ])('of %s', async (trigger, views) => {
    const { condition, matched } = await tryMapping({ trigger });

    expect(condition && flat(condition)).toEqual(views);
    expect(matched).toBe(condition?.holds);
  });

  it('aren\'t there for a trigger that can\'t be read', async () => {
    const tried = await tryMapping({ trigger: ')' });

    expect(tried).toMatchObject({ matched: false, fault: { reason: 'unusable_mapping', detail: expect.stringContaining('can\'t be read') } });
    expect(tried).not.toHaveProperty('condition');
  });
});

describe('the sources', () => {
  it.each<[string, unknown, readonly unknown[], string | undefined]>([
    ['a constant', 'x', [], '"x"'],
    ['a template', { '@template': '{{{event}}}-{{ properties.items[0].sku }}' }, [{ path: '$.event', value: '"api_call"' }, { path: '$.properties.items[0].sku', value: '"a"' }], '"api_call-a"'],
    ['a condition', { '@if': { exists: { '@path': '$.none' }, then: { '@path': '$.event' }, else: { '@path': '$.userId' } } }, [{ path: '$.none' }, { path: '$.event', value: '"api_call"' }, { path: '$.userId', value: '"user-1"' }], '"user-1"'],
    ['a nested directive', { '@case': { operator: 'upper', value: { '@path': '$.event' } } }, [{ path: '$.event', value: '"api_call"' }], '"API_CALL"'],
    ['items', { '@arrayPath': ['$.properties.items', { s: { '@path': '$.sku' } }] }, [{ path: '$.properties.items', value: '[{"sku":"a"}]' }], '[{"s":"a"}]'],
    ['liquid', { '@liquid': '{{ event | upcase }}{{ properties.plan }}' }, [{ path: '$.event', value: '"api_call"' }, { path: '$.properties.plan', value: '"pro"' }], '"API_CALLpro"'],
    ['liquid that can\'t be read', { '@liquid': '{{ event ' }, [], undefined],
    ['the whole event, and the same path twice', [{ '@path': '$.' }, { '@path': '$.userId' }, { '@path': '$.userId' }], [{ path: '$.', value: JSON.stringify(EVENT) }, { path: '$.userId', value: '"user-1"' }], expect.any(String) as unknown as string],
    ['transform', { '@transform': { apply: { a: { '@path': '$.event' } }, mapping: { '@path': '$.a' } } }, [{ path: '$.event', value: '"api_call"' }], '"api_call"'],
    ['null', { '@path': '$.properties.nothing' }, [{ path: '$.properties.nothing', value: 'null' }], 'null'],
  ])('of %s', async (_, eventType, sources, value) => {
    const { fields } = await tryMapping({ mapping: { ...MAPPING.mapping, event_type: eventType } });

    expect(fields.find(({ field }) => field === 'event_type')).toEqual({ field: 'event_type', sources, ...(value === undefined ? {} : { value }) });
  });

  it('keep every digit of numbers', async () => {
    const text = JSON.stringify(EVENT).replace('"seats":3', '"seats":12345678901234567890');

    const { fields, json } = await tryMapping({}, text);

    expect(fields.find(({ field }) => field === 'properties')?.value).toContain('"seats":12345678901234567890');
    expect(json).toContain('"seats":12345678901234567890');
  });

  it('of a directive for the whole mapping are those of every field', async () => {
    const root = { __segment_internal_directive: { '@transform': { apply: { id: { '@path': '$.messageId' } } } }, transaction_id: { '@path': '$.id' } };

    const { fields } = await tryMapping({ mapping: root });

    expect(fields[0]).toEqual({ field: 'transaction_id', value: '"m-1"', sources: [{ path: '$.messageId', value: '"m-1"' }] });
  });
});
