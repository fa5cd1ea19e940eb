import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { QueuedEvent } from '../../../lambda/forward/record.ts';
import { route } from '../../../lambda/forward/route.ts';
import type { Route } from '../../../lambda/forward/route.ts';
import { compileMappings } from '../../../lambda/mapping/index.ts';
import type { CompiledMapping } from '../../../lambda/mapping/index.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { DAY_MS, DEFAULT_MAPPING, HOUR_MS, mappingsOf, NOW, queuedOf } from './factories.ts';

const DEFAULT = mappingsOf({}).mappings;
const SUFFIXED = { transaction_id: { '@path': '$.properties.id' } };

const routed = (body: unknown, mappings: readonly CompiledMapping[] = DEFAULT, overrides: Partial<QueuedEvent> = {}) => route(queuedOf(body, overrides), mappings, NOW);
const track = (overrides: Readonly<Record<string, unknown>> = {}) => trackEvent('m1', overrides, NOW);
const usageOf = (result: Route) => (result.kind === 'usage' ? result.usage : []);
const reasonsOf = (result: Route) => (result.kind === 'faulty' ? [result.fault.reason] : usageOf(result).map((usage) => (usage.kind === 'faulty' ? usage.fault.reason : usage.kind)));
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS).toISOString();

/** JSON text with a member that `JSON.stringify` of a literal could not write. */
const withProperties = (json: string) => JSON.stringify(track({ properties: 'HERE' })).replace('"HERE"', json);
const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}${close.repeat(depth)}`;

describe('route', () => {
  it('makes a usage event, serialised once', () => {
    const expected = {
      transaction_id: 'm1',
      customer_id: 'customer-1',
      timestamp: '2026-06-01T12:00:00.000Z',
      event_type: 'api_call',
      properties: { tokens: 120, model: 'small', region: 'eu-west-1' },
    };

    const result = routed(track());

    const json = JSON.stringify(expected);
    expect(result).toEqual({
      kind: 'usage',
      messageId: 'm1',
      isJson: true,
      usage: [{ kind: 'ready', mapping: 'mapping 1', transactionId: 'm1', json, bytes: Buffer.byteLength(json), hasRoundedId: false }],
    });
  });

  it('counts bytes, not characters', () => {
    const [usage] = usageOf(routed(track({ properties: { name: 'Ä€😀\u2028' } })));

    expect(usage).toMatchObject({ kind: 'ready' });
    if (usage?.kind === 'ready') expect(usage.bytes).toBe(new TextEncoder().encode(usage.json).length);
  });

  it.each<[string, unknown]>([
    ['no trigger matches', track({ type: 'identify' })],
    ['nothing in it says what it is', {}],
  ])('filters an event when %s', (_, body) => {
    expect(routed(body)).toMatchObject({ kind: 'filtered', isJson: true });
  });

  it('filters everything when no mapping is enabled', () => {
    expect(routed(track(), [])).toMatchObject({ kind: 'filtered', messageId: 'm1' });
  });

  it.each<[string, unknown, string]>([
    ['nothing', '', 'not_json'],
    ['blanks', ' \r\n', 'not_json'],
    ['text', 'hello', 'not_json'],
    ['a cut object', '{"type":"track"', 'not_json'],
    ['two objects', '{}{}', 'not_json'],
    ['a byte order mark', '\ufeff{}', 'not_json'],
    ['NaN', 'NaN', 'not_json'],
    ['null', 'null', 'not_an_event'],
    ['a number', '1e999', 'not_an_event'],
    ['text in quotes', '"track"', 'not_an_event'],
    ['a boolean', 'true', 'not_an_event'],
    ['an array', '[{"type":"track"}]', 'not_an_event'],
    ['a deep array', nested('[', ']', 100_000), 'not_an_event'],
    ['an array never closed', '['.repeat(1_000_000), 'not_json'],
  ])('takes %s for no event', (_, body, reason) => {
    const result = routed(body);

    expect(result).toMatchObject({ kind: 'faulty', messageId: undefined, isJson: reason !== 'not_json' });
    expect(reasonsOf(result)).toEqual([reason]);
  });

  it('takes bytes that are not UTF-8 for no JSON', () => {
    expect(reasonsOf(routed('ewj/fQ==', DEFAULT, { encoding: 'base64', text: undefined }))).toEqual(['not_json']);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string, string]>([
    ['no customer', { context: {} }, 'missing_field', 'customer_id'],
    ['null for a customer', { context: { groupId: null } }, 'missing_field', 'customer_id'],
    ['a customer that becomes empty text', { context: { groupId: [null] } }, 'missing_field', 'customer_id'],
    ['an object for an id', { messageId: {} }, 'invalid_field', 'transaction_id'],
    ['text for properties', { properties: 'x' }, 'invalid_field', 'properties'],
    ['a timestamp that is none', { timestamp: 'yesterday' }, 'timestamp_invalid', 'timestamp'],
    ['a timestamp of 33 days ago', { timestamp: daysAgo(33) }, 'timestamp_too_old', 'timestamp'],
    ['epoch seconds', { timestamp: NOW / 1000 }, 'timestamp_too_old', 'timestamp'],
    ['a timestamp 25 h ahead', { timestamp: new Date(NOW + 25 * HOUR_MS).toISOString() }, 'timestamp_in_future', 'timestamp'],
    ['an id of 129 characters', { messageId: 'x'.repeat(129) }, 'id_too_long', 'transaction_id'],
    ['2,001 properties', { properties: Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`p${index}`, 1])) }, 'too_many_properties', 'properties'],
    ['over 1 MB', { properties: { text: 'x'.repeat(1_000_000) } }, 'too_large', 'properties'],
  ])('finds %s', (_, overrides, reason, field) => {
    const [usage, ...more] = usageOf(routed(track(overrides)));

    expect(more).toEqual([]);
    expect(usage).toMatchObject({ kind: 'faulty', mapping: 'mapping 1', fault: { reason, field, detail: expect.any(String) } });
  });

  it('refuses an event that was accepted too long ago, unless nothing would be sent of it', () => {
    const acceptedAt = NOW - 33 * DAY_MS;

    expect(routed(track(), DEFAULT, { acceptedAt })).toMatchObject({ kind: 'faulty', messageId: 'm1', fault: { reason: 'timestamp_too_old', field: 'acceptedAt' } });
    expect(routed(track({ type: 'page' }), DEFAULT, { acceptedAt })).toMatchObject({ kind: 'filtered' });
  });

  it.each<[string, Partial<CompiledMapping>]>([
    ['a trigger', { matches: () => { throw new TypeError('no such function'); } }],
    ['a mapping', { map: () => { throw new TypeError('no such function'); } }],
  ])('takes %s that throws for a failed mapping of this event', (_, broken) => {
    const mapping: CompiledMapping = { name: 'broken', numbersAs: 'number', matches: () => true, map: () => ({}), ...broken };

    const usage = usageOf(routed(track(), [mapping, ...DEFAULT]));

    expect(usage).toMatchObject([
      { kind: 'faulty', mapping: 'broken', transactionId: undefined, fault: { reason: 'mapping_failed', detail: 'no such function' } },
      { kind: 'ready', mapping: 'mapping 1' },
    ]);
  });
});

describe('route, several mappings', () => {
  it('makes one usage event for each that matches, independent of its siblings', () => {
    const mappings = mappingsOf({}, SUFFIXED, { transaction_id: { '@path': '$.nowhere' } }).mappings;

    expect(reasonsOf(routed(track({ properties: { id: 'm2' } }), mappings))).toEqual(['ready', 'ready', 'missing_field']);
  });

  it('sends none of those that share an id, and those that do not all the same', () => {
    const mappings = mappingsOf({}, {}, SUFFIXED).mappings;

    const usage = usageOf(routed(track({ properties: { id: 'm2' } }), mappings));

    const fault = { reason: 'duplicate_transaction_id', field: 'transaction_id', detail: expect.stringContaining('"mapping 1", "mapping 2"') };
    expect(usage).toMatchObject([
      { kind: 'faulty', mapping: 'mapping 1', transactionId: 'm1', fault },
      { kind: 'faulty', mapping: 'mapping 2', transactionId: 'm1', fault },
      { kind: 'ready', mapping: 'mapping 3', transactionId: 'm2' },
    ]);
  });

  it('does not take two without an id for sharing one', () => {
    const mappings = mappingsOf({ transaction_id: { '@path': '$.a' } }, { transaction_id: { '@path': '$.b' } }, {}).mappings;

    expect(reasonsOf(routed(track(), mappings))).toEqual(['missing_field', 'missing_field', 'ready']);
  });

  it('sends nothing whose id a sibling bears that waits for a person: mended, it would be taken for a duplicate', () => {
    const mappings = mappingsOf({ customer_id: { '@path': '$.context.groupId' } }, { timestamp: { '@path': '$.properties.at' } }).mappings;

    expect(reasonsOf(routed(track({ properties: { at: daysAgo(40) } }), mappings))).toEqual(['duplicate_transaction_id', 'timestamp_too_old']);
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('keeps ids such as %j apart', (id) => {
    const mappings = mappingsOf({}, SUFFIXED).mappings;

    expect(reasonsOf(routed(track({ messageId: 'toString2', properties: { id } }), mappings))).toEqual(id === '' ? ['ready', 'missing_field'] : ['ready', 'ready']);
  });
});

describe('route, of a replay', () => {
  const TWO = mappingsOf({}, SUFFIXED).mappings;
  const event = track({ properties: { id: 'm2' } });
  const replayed = (...delivered: readonly [string, string][]) => ({ replay: { of: 'root', delivered: delivered.map(([mapping, transactionId]) => ({ mapping, transactionId })) } });
  const idsOf = (result: Route) => usageOf(result).map(({ transactionId }) => transactionId);

  it.each<[string, ReturnType<typeof replayed>, readonly string[]]>([
    ['nothing', replayed(), ['m1', 'm2']],
    ['the first, by its mapping', replayed(['mapping 1', 'another id']), ['m2']],
    ['the second, by its id', replayed(['another name', 'm2']), ['m1']],
    ['both', replayed(['mapping 1', 'm1'], ['mapping 2', 'm2']), []],
  ])('of which was delivered: %s', (_, replay, expected) => {
    const result = routed(event, TWO, replay);

    expect(result.kind).toBe('usage');
    expect(idsOf(result)).toEqual(expected);
  });

  it('is no longer too old when nothing is left to send of it', () => {
    const acceptedAt = NOW - 33 * DAY_MS;

    expect(routed(event, TWO, { ...replayed(['mapping 1', 'm1'], ['mapping 2', 'm2']), acceptedAt })).toMatchObject({ kind: 'usage', usage: [] });
    expect(routed(event, TWO, { ...replayed(['mapping 1', 'm1']), acceptedAt })).toMatchObject({ kind: 'faulty', fault: { reason: 'timestamp_too_old', field: 'acceptedAt' } });
  });

  it.each(['replayOf', 'delivered'] as const)('sends nothing when it is not known what was billed before: %s can not be read', (unreadable) => {
    const result = routed(event, TWO, { unreadable });

    expect(result).toMatchObject({ kind: 'faulty', messageId: 'm1', isJson: true, fault: { reason: 'invalid_field', field: unreadable, detail: expect.stringContaining('nothing is sent') } });
  });
});

describe('route, hostile JSON', () => {
  it.each<[string, string, string]>([
    ['__proto__ keys', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', 'ready'],
    ['the same key twice', '{"n":1,"n":2}', 'ready'],
    ['lone surrogates', '{"a":"\\ud800"}', 'ready'],
    ['numbers beyond a double', '{"a":-0,"b":1e-400}', 'ready'],
    ['a depth no serialiser reaches', `{"a":${nested('[', ']', 200_000)}}`, 'mapping_failed'],
    ['a moderate depth', `{"a":${nested('[', ']', 500)}}`, 'ready'],
  ])('%s', (_, properties, outcome) => {
    expect(reasonsOf(routed(withProperties(properties)))).toEqual([outcome]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('sends __proto__ keys as they came', () => {
    const [usage] = usageOf(routed(withProperties('{"__proto__":{"a":1}}')));

    expect(usage).toMatchObject({ kind: 'ready', json: expect.stringContaining('"properties":{"__proto__":{"a":1}}') });
  });

  it('reads no field from a prototype', () => {
    expect(reasonsOf(routed('{"type":"track","__proto__":{"messageId":"m1"}}'))).toEqual(['missing_field']);
  });

  it('cuts a Segment messageId that is only carried along', () => {
    expect(routed(track({ type: 'page', messageId: 'x'.repeat(10_000) })).messageId).toHaveLength(256);
    expect(routed(track({ type: 'page', messageId: { a: 1 } })).messageId).toBeUndefined();
  });

  it('never throws, and gives every ready event back as JSON of the stated size', () => {
    const nearlyEvent = fc.record(
      {
        type: fc.constantFrom<unknown>('track', 'page', null, 1),
        messageId: fc.oneof(fc.string(), fc.jsonValue()),
        event: fc.oneof(fc.string(), fc.jsonValue()),
        timestamp: fc.oneof(fc.constant(new Date(NOW).toISOString()), fc.jsonValue()),
        context: fc.oneof(fc.record({ groupId: fc.string() }), fc.jsonValue()),
        properties: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const mappings = mappingsOf({}, SUFFIXED).mappings;
    fc.assert(
      fc.property(fc.oneof(nearlyEvent.map((event) => JSON.stringify(event)), fc.json(), fc.string({ unit: 'binary' })), (body) => {
        const result = routed(body, mappings);
        const ids = usageOf(result).flatMap((usage) => (usage.kind === 'ready' ? [usage.transactionId] : []));
        expect(new Set(ids).size).toBe(ids.length);
        for (const usage of usageOf(result)) {
          if (usage.kind !== 'ready') continue;
          expect(JSON.parse(usage.json)).toHaveProperty('transaction_id', usage.transactionId);
          expect(usage.bytes).toBe(Buffer.byteLength(usage.json));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('route, with numbers that JavaScript would change', () => {
  const PROPERTIES = '{"tokens":12345678901234567890,"share":0.1234567890123456789,"huge":1E400,"none":-0,"price":1.10,"list":[1.0,{"deep":5e-400}]}';
  const jsonOf = (result: Route) => usageOf(result).map((usage) => (usage.kind === 'ready' ? usage.json : usage.fault));

  it('sends properties digit for digit', () => {
    expect(jsonOf(routed(withProperties(PROPERTIES)))).toEqual([expect.stringContaining(`"properties":${PROPERTIES}`)]);
  });

  it('sends them as text of their digits where the mapping says so', () => {
    const [mapping] = DEFAULT;
    const asText = mapping === undefined ? [] : [{ ...mapping, numbersAs: 'string' as const }];

    expect(jsonOf(routed(withProperties(PROPERTIES), asText))).toEqual([
      expect.stringContaining(
        '"properties":{"tokens":"12345678901234567890","share":"0.1234567890123456789","huge":"1E400","none":"-0","price":"1.10","list":["1.0",{"deep":"5e-400"}]}',
      ),
    ]);
  });

  it('decides triggers on ordinary numbers', () => {
    const { mappings } = compileMappings(JSON.stringify({ mappings: [{ name: 'costly', trigger: 'properties.price = 1.1', mapping: DEFAULT_MAPPING }] }));

    expect(routed(withProperties('{"price":1.10}'), mappings)).toMatchObject({ kind: 'usage' });
    expect(routed(withProperties('{"price":1.11}'), mappings)).toMatchObject({ kind: 'filtered' });
  });

  it.each([
    ['as hosted does', '{"id":9007199254740993}', '9007199254740992', true],
    ['untouched when it survives', '{"id":9007199254740992}', '9007199254740992', false],
    ['untouched as text', '{"id":"9007199254740993"}', '9007199254740993', false],
    ['untouched when another number is rounded', '{"id":"m1","tokens":9007199254740993}', 'm1', false],
  ])('makes an id from an integer %s, and says when it lost digits', (_, properties, transactionId, hasRoundedId) => {
    const { mappings } = mappingsOf(SUFFIXED, { transaction_id: { '@template': 'x-{{properties.id}}' } });

    expect(usageOf(routed(withProperties(properties), mappings))).toMatchObject([
      { kind: 'ready', transactionId, hasRoundedId },
      { kind: 'ready', transactionId: `x-${transactionId}`, hasRoundedId },
    ]);
  });

  it('keeps any JSON number inside properties as it came', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][-+]?[0-9]{1,3})?$/);
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(digits, digits.map((number) => `[${number},{"in":${number}}]`))), (numbers) => {
        const properties = `{${Object.entries(numbers).map(([name, number]) => `"${name}":${number}`).join(',')}}`;
        expect(jsonOf(routed(withProperties(properties)))).toEqual([expect.stringContaining(`"properties":${properties}`)]);
      }),
    );
  });

  it('quarantines an event too deep to keep its digits, and still filters one that no trigger matches', () => {
    const deep = `{"n":1.10,"deep":${nested('[', ']', 50_000)}}`;

    expect(reasonsOf(routed(withProperties(deep)))).toEqual(['mapping_failed']);
    expect(routed(withProperties(deep).replace('"track"', '"page"'))).toMatchObject({ kind: 'filtered' });
  });

  it('says in words why an event too deep can\'t be sent', () => {
    expect(usageOf(routed(withProperties(`{"a":${nested('[', ']', 200_000)}}`)))).toMatchObject([
      { kind: 'faulty', fault: { reason: 'mapping_failed', detail: 'The properties are nested too deeply to be sent.' } },
    ]);
  });
});
