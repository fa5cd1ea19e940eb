import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { formatFinding, lintMappings } from '../../../lib/lint/index.ts';
import type { Example } from '../../../lib/lint/rule.ts';
import { checkMappingsText } from '../../../lib/mappings-file.ts';
import { completeExample } from './complete-example.ts';

const ROOT = join(import.meta.dirname, '../../..');
const GROUP = { '@path': '$.context.groupId' };

function findingsOf(...entries: readonly Example[]) {
  return lintMappings(completeExample(entries));
}

/** Read from text, so that an @if can have its `then`. */
const ORDINARY: readonly (readonly [name: string, mappings: string])[] = [
  ['nothing but the defaults', '{}'],
  ['an id of several parts', '{"transaction_id": {"@template": "{{messageId}}-{{properties.line}}"}}'],
  ['an id of a property of one\'s own', '{"transaction_id": {"@path": "$.properties.order_id"}}'],
  ['an id or the message\'s', '{"transaction_id": {"@if": {"exists": {"@path": "$.properties.id"}, "then": {"@path": "$.properties.id"}, "else": {"@path": "$.messageId"}}}}'],
  ['a user as the customer', '{"customer_id": {"@path": "$.userId"}, "timestamp": {"@path": "$.receivedAt"}}'],
  ['a customer with a fallback', '{"customer_id": {"@if": {"exists": {"@path": "$.context.groupId"}, "then": {"@path": "$.context.groupId"}, "else": {"@path": "$.userId"}}}}'],
  ['short names of one\'s own', '{"transaction_id": {"@path": "$.properties.t"}, "customer_id": {"@path": "$.properties.cid"}, "timestamp": {"@path": "$.properties.ts"}, "properties": {"@path": "$.properties.data"}}'],
  ['one fixed event type, properties by name', '{"event_type": "order", "properties": {"total": {"@path": "$.properties.total"}, "source": "web", "list": [1, {"@path": "$.properties.tags[0]"}]}}'],
  ['lists and flat objects', '{"properties": {"@flatten": {"separator": ".", "value": {"items": {"@arrayPath": ["$.properties.items", {"sku": {"@path": "$.sku"}, "n": {"@path": "$.account"}}]}}}}}'],
  ['merged objects', '{"properties": {"@merge": {"direction": "right", "objects": [{"@path": "$.properties"}, {"plan": {"@path": "$.context.traits.plan"}}]}}}'],
  ['changed letters', '{"customer_id": {"@case": {"operator": "lower", "value": {"@path": "$.context.groupId"}}}, "event_type": {"@replace": {"pattern": " ", "replacement": "_", "global": true, "value": {"@path": "$.event"}}}}'],
  ['liquid', '{"event_type": {"@liquid": "{{ event | downcase | replace: \\" \\", \\"_\\" }}"}, "timestamp": {"@liquid": "{{ timestamp | date: \\"%Y-%m-%dT%H:%M:%SZ\\" }}"}}'],
  ['JSON as text', '{"properties": {"raw": {"@json": {"mode": "encode", "value": {"@path": "$.properties"}}}, "price": "$5.00", "note": {"@literal": "{{not a template}}"}}}'],
  ['what Segment\'s screen adds', '{"__segment_internal_sync_mode": "add", "customer_id": {"@path": "$.context.groupId", "_metadata": {"label": "Group"}}}'],
];

describe('lintMappings', () => {
  it.each(ORDINARY)('leaves alone: %s', (_, mappingText) => {
    expect(findingsOf({ mapping: JSON.parse(mappingText) })).toEqual([]);
  });

  it('leaves alone the mappings the project comes with', () => {
    expect(checkMappingsText(readFileSync(join(ROOT, 'mappings.json'), 'utf8'), 'mappings.json')).toMatchObject({ problems: [], findings: [] });
  });

  it('looks at enabled mappings only', () => {
    expect(findingsOf({}, { enabled: false, trigger: '((', mapping: { customer_id: null }, acknowledge: ['no-such-rule'] })).toEqual([]);
  });

  it('names the mapping and the place', () => {
    const [finding] = findingsOf({}, { trigger: 'type = "page"', mapping: { properties: { 'a b': [{ '@paht': '$.x' }] } } });

    expect(finding).toEqual({
      rule: 'unknown-directive',
      severity: 'error',
      mapping: 'Mapping 2',
      path: 'mappings[1].mapping.properties["a b"][0].@paht',
      message: 'The directive @paht doesn\'t exist.',
      suggestion: 'Did you mean @path?',
      acknowledged: false,
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['a misspelt directive under @literal', { properties: { a: { '@literal': { b: { '@tempalte': 'x' } } } } }, ['unknown-directive']],
    ['a directive in other letters', { customer_id: { '@Path': '$.userId' } }, ['unknown-directive']],
    ['two directives in one object of a list', { properties: { a: [{ '@path': '$.event', '@template': '{{event}}' }] } }, ['directive-as-data']],
    ['liquid with the braces of a path', { event_type: { '@liquid': '{{ $.event }}' } }, ['directive-fails']],
    ['liquid with a loop', { event_type: { '@liquid': '{% for x in y %}{% endfor %}' } }, ['directive-fails']],
    ['a path as the properties', { properties: '$.properties' }, ['plain-text-path']],
    ['a template as plain text', { event_type: '{{event}}' }, ['plain-text-path']],
    ['a template without placeholders as the id', { transaction_id: { '@template': 'order' } }, ['constant-transaction-id']],
    ['one branch of an id that is fixed', { transaction_id: JSON.parse('{"@if": {"exists": {"@path": "$.userId"}, "then": {"@path": "$.messageId"}, "else": "none"}}') }, ['constant-transaction-id']],
    ['an id of group and event', { transaction_id: { '@template': '{{context.groupId}}-{{event}}' } }, ['shared-transaction-id']],
    ['an id of the user in capitals', { transaction_id: { '@case': { operator: 'upper', value: { '@path': '$.userId' } } } }, ['shared-transaction-id']],
    ['a liquid id of the user', { transaction_id: { '@liquid': 'id-{{ userId }}' } }, ['shared-transaction-id']],
    ['an id of the time alone', { transaction_id: { '@path': '$.timestamp' } }, ['shared-transaction-id']],
    ['an id by chance', { transaction_id: { '@liquid': '{{ properties.list | sample }}' } }, ['id-differs-each-time']],
    ['seconds as a number', { timestamp: 1_767_323_045 }, ['epoch-seconds']],
    ['seconds made milliseconds in liquid', { timestamp: { '@liquid': '{{ properties.ts | times: 1000 }}' } }, ['timestamp-as-text']],
    ['seconds as text', { timestamp: '1767323045' }, ['epoch-seconds']],
    ['milliseconds as a number', { timestamp: 1_767_323_045_123 }, ['constant-timestamp']],
    ['properties that are a list', { properties: [] }, ['unusable-constant']],
    ['a timestamp that is no date', { timestamp: 'yesterday' }, ['unusable-constant']],
    ['an empty event type', { event_type: '' }, ['unusable-constant']],
    ['a field in brackets', { customer_id: { '@path': "$['userId']" } }, ['path-syntax']],
    ['a bare $', { properties: { '@path': '$' } }, ['path-syntax']],
    ['a negative index', { customer_id: { '@path': '$.properties.items[-1]' } }, ['path-syntax']],
    ['a filter', { customer_id: { '@path': '$.properties.items[?(@.x)]' } }, ['path-syntax']],
    ['a key with a dot', { customer_id: { '@path': "$.properties['a.b']" } }, ['path-syntax']],
    ['any depth', { customer_id: { '@path': '$..groupId' } }, ['path-syntax']],
    ['a blank in a path', { customer_id: { '@path': ' $.userId' } }, ['path-syntax']],
    ['a field in other letters', { properties: { '@path': '$.Properties' } }, ['path-misspelt']],
    ['a misspelt field in a template', { transaction_id: { '@template': '{{messageId}}-{{proprties.line}}' } }, ['path-misspelt']],
  ])('finds %s', (_, mapping, rules) => {
    expect(findingsOf({ mapping }).map(({ rule }) => rule)).toEqual(rules);
  });

  it.each<[string, Example, Example, boolean]>([
    ['different types', { trigger: 'type = "track"' }, { trigger: 'type = "page"', mapping: { event_type: 'p' } }, false],
    ['alternatives without a common one', { trigger: 'type = "track" or type = "page"' }, { trigger: 'type = "group"', mapping: { event_type: 'p' } }, false],
    ['alternatives with a common one', { trigger: 'type = "track" or type = "page"' }, { trigger: 'type = "page"', mapping: { event_type: 'p' } }, true],
    ['a text and its absence', { trigger: 'contains(event, "A")' }, { trigger: 'event != "x" and !contains(event, "A")', mapping: { event_type: 'p' } }, false],
    ['different fields', { trigger: 'event = "A"' }, { trigger: 'name = "A"', mapping: { event_type: 'p' } }, true],
    ['the same id in other words', { trigger: 'event = "A"' }, { trigger: 'type = "track"', mapping: { transaction_id: { '@template': '{{messageId}}' } } }, true],
    ['another id', { trigger: 'event = "A"' }, { trigger: 'type = "track"', mapping: { transaction_id: { '@template': '{{messageId}}-b' } } }, false],
  ])('knows whether two mappings can give one id: %s', (_, one, other, collide) => {
    expect(findingsOf(one, other).map(({ rule }) => rule)).toEqual(collide ? ['same-transaction-id'] : []);
  });

  it('finds a mapping with too many levels', () => {
    let nested: unknown = 'x';
    for (let level = 0; level < 5000; level += 1) nested = [nested];

    expect(findingsOf({ mapping: { properties: { nested } } }).map(({ rule }) => rule)).toEqual(['mapping-refused']);
  });

  it('never throws, whatever the trigger and the mapping', () => {
    const words = fc.constantFrom('type', 'event', 'properties.a', 'properties', 'and', 'or', 'not', '!', '(', ')', '=', '!=', '==', '>', '"x"', "'y'", '5', 'null', 'true', 'contains', 'match', ',', '[', ']', '.', '\\', ' ');
    const trigger = fc.oneof(fc.string(), fc.array(words).map((all) => all.join(' ')), fc.array(words).map((all) => all.join('')));
    const keys = fc.constantFrom('@path', '@template', '@liquid', '@if', '@case', '@replace', '@arrayPath', '@flatten', '@json', '@merge', '@transform', '@excludeWhenNull', '@literal', 'value', 'exists', 'blank', 'else', 'objects', 'mapping', 'apply', '_metadata', '__proto__', 'x');
    const texts = fc.constantFrom('$.event', '{{event}}', '{{{a}}', '{{ "now" | date }}', '{% if %}', "$['x']", '', '..', '[*]');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, texts, fc.jsonValue(), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(keys, tie('value'), { maxKeys: 3 })),
    }));
    const field = fc.constantFrom('transaction_id', 'customer_id', 'timestamp', 'event_type', 'properties', '__segment_internal_directive', '@path', 'other');
    const mapping = fc.dictionary(field, value, { maxKeys: 5 });

    fc.assert(
      fc.property(trigger, trigger, mapping, mapping, fc.array(fc.string(), { maxLength: 2 }), (one, other, first, second, acknowledge) => {
        const entries = [{ trigger: one, mapping: first, acknowledge }, { trigger: other, mapping: second }];
        for (const finding of findingsOf(...entries)) expect(formatFinding(finding, 'm.json')).toContain(finding.rule);
      }),
      { numRuns: 200 },
    );
  });

  it('takes little time for hostile text', () => {
    const long = '{{'.repeat(50_000);
    const trigger = `type = "track" and ${'('.repeat(2_000)}`;
    const startedMs = performance.now();

    findingsOf({ trigger, mapping: { transaction_id: { '@template': long }, customer_id: { '@path': `$.${'['.repeat(50_000)}` }, event_type: long } });

    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe('acknowledge', () => {
  const fixed = { mapping: { customer_id: 'acme' } };

  it('marks what is meant', () => {
    expect(findingsOf({ ...fixed, acknowledge: ['constant-customer-id'] })).toMatchObject([{ rule: 'constant-customer-id', acknowledged: true }]);
  });

  it('misspelt, leaves the finding as it was, and says so', () => {
    expect(findingsOf({ ...fixed, acknowledge: ['constant-customer'] })).toMatchObject([
      { rule: 'constant-customer-id', acknowledged: false },
      { rule: 'unknown-acknowledge', suggestion: expect.stringContaining('Did you mean "constant-customer-id"?') },
    ]);
  });

  it('left behind, would hide the next mistake, and is reported until then', () => {
    expect(findingsOf({ acknowledge: ['constant-customer-id'] })).toMatchObject([{ rule: 'unused-acknowledge', severity: 'warning', path: 'mappings[0].acknowledge[0]' }]);
    expect(findingsOf({ ...fixed, acknowledge: ['constant-customer-id'] })).toMatchObject([{ acknowledged: true }]);
  });

  it('counts for its own mapping only', () => {
    const page = { trigger: 'type = "page"', mapping: { customer_id: 'b' } };

    expect(findingsOf({ ...fixed, acknowledge: ['constant-customer-id'] }, page)).toMatchObject([{ acknowledged: true }, { mapping: 'Mapping 2', acknowledged: false }]);
  });

  it('can\'t let pass what bills nothing at all', () => {
    const findings = findingsOf({ trigger: '((', acknowledge: ['trigger-unreadable'] });

    expect(findings).toMatchObject([{ rule: 'trigger-unreadable', acknowledged: false }, { rule: 'unknown-acknowledge', message: expect.stringContaining('can\'t be acknowledged') }]);
  });
});

describe('formatFinding', () => {
  it('shows file, place, rule, sentence, suggestion, and how to keep it', () => {
    const [finding] = findingsOf({ mapping: { customer_id: { '@path': '$.userID' } } });

    expect(finding === undefined ? '' : formatFinding(finding, 'mine.json')).toBe(
      'mine.json: mappings[0].mapping.customer_id.@path: error path-misspelt ("Mapping 1")\n' +
        '  $.userID starts with a field that no Segment event has.\n' +
        '  Did you mean $.userId? If it is meant, add "path-misspelt" to this mapping\'s "acknowledge".',
    );
  });

  it('offers no acknowledging where there is none', () => {
    const [finding] = findingsOf({ mapping: { customer_id: GROUP, timestamp: undefined } });

    expect(finding === undefined ? '' : formatFinding(finding, 'mine.json')).toBe(
      'mine.json: mappings[0].mapping: error missing-field ("Mapping 1")\n  The mapping has no timestamp, so every event fails.\n  Add "timestamp".',
    );
  });
});
