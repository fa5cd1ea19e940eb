import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compileMapping } from '../../../lambda/mapping/index.ts';
import { formatFinding, lintMappings } from '../../../lib/lint/index.ts';
import type { Example } from '../../../lib/lint/rule.ts';
import { checkMappingsText } from '../../../lib/mappings-file.ts';
import { completeExample } from './complete-example.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** What takes its time by the square takes minutes. */
const HOSTILE_TIMEOUT_MS = 60_000;
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
  ['ids of one\'s own in liquid', '{"transaction_id": {"@liquid": "{% if properties.id %}{{ properties.id }}{% else %}{{ messageId | append: \\"-x\\" }}{% endif %}"}}'],
  ['an id with the day and more', '{"transaction_id": {"@liquid": "{{ userId }}-{{ timestamp | date: \\"%Y-%m-%d\\" }}-{{ messageId | upcase | truncate: 64 }}"}}'],
  ['an id with the time to the millisecond', '{"transaction_id": {"@template": "{{userId}}-{{timestamp}}"}}'],
  ['an id out of a larger object', '{"transaction_id": {"@transform": {"apply": {"@path": "$.properties"}, "mapping": {"@path": "$.order_id"}}}}'],
  ['an id of a request', '{"transaction_id": {"@path": "$.context.request_id"}, "customer_id": {"@path": "$.context.team"}}'],
  ['a day, and other formats that are read rightly', '{"timestamp": {"@liquid": "{{ properties.day | date: \\"%Y-%m-%d\\" }}T00:00:00Z"}}'],
  ['American order, a zone, and hours of twelve with am and pm', '{"timestamp": {"@if": {"exists": {"@path": "$.properties.a"}, "then": {"@liquid": "{{ timestamp | date: \\"%m/%d/%Y %I:%M %p\\" }}"}, "else": {"@liquid": "{{ timestamp | date: \\"%Y-%m-%dT%H:%M:%S%:z\\" }}"}}}}'],
  ['a condition that mentions now', '{"timestamp": {"@liquid": "{% if properties.when == \\"now\\" %}{{ timestamp }}{% else %}{{ properties.date | date: \\"%Y-%m-%d\\" }}{% endif %}"}}'],
  ['JSON text, nested and with blanks', '{"properties": {"a": {"@template": "{\\"a\\": {\\"b\\": {{properties.n}}}}"}, "b": {"@template": "{ {{properties.plan}} }"}, "c": {"@template": "${{properties.cost}}"}}}'],
  ['odd keys', '{"properties": {"a": {"@path": "$.properties.CPU (%)"}, "b": {"@path": "$.properties.a*b"}, "c": {"@path": "$.properties.is_new?"}, "d": {"@path": "$.properties.org-id"}, "e": {"@path": "$.properties.items.0.sku"}, "f": {"@path": "$.event.length"}}}'],
  ['a directive for the whole', '{"__segment_internal_directive": {"@transform": {"apply": {"userID": {"@path": "$.userId"}}}}, "customer_id": {"@path": "$.userID"}, "properties": {}}'],
  ['keys of the context that are nobody\'s', '{"customer_id": {"@path": "$.context.group"}, "properties": {"a": {"@path": "$.context.traits.groupID"}, "b": {"@path": "$.context.ips"}, "c": {"@path": "$.context.campaign.name"}}}'],
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
    ['liquid with a loop', { event_type: { '@liquid': '{% for x in properties.y %}{% endfor %}' } }, ['directive-fails']],
    ['a path as the properties', { properties: '$.properties' }, ['plain-text-path']],
    ['a template as plain text', { event_type: '{{event}}' }, ['plain-text-path']],
    ['a template without placeholders as the id', { transaction_id: { '@template': 'order' } }, ['constant-transaction-id']],
    ['one branch of an id that is fixed', { transaction_id: JSON.parse('{"@if": {"exists": {"@path": "$.userId"}, "then": {"@path": "$.messageId"}, "else": "none"}}') }, ['constant-transaction-id']],
    ['an id of group and event', { transaction_id: { '@template': '{{context.groupId}}-{{event}}' } }, ['shared-transaction-id']],
    ['an id of the user in capitals', { transaction_id: { '@case': { operator: 'upper', value: { '@path': '$.userId' } } } }, ['shared-transaction-id']],
    ['a liquid id of the user', { transaction_id: { '@liquid': 'id-{{ userId }}' } }, ['shared-transaction-id']],
    ['an id of the time alone', { transaction_id: { '@path': '$.timestamp' } }, ['shared-transaction-id']],
    ['an id of a day in liquid', { transaction_id: { '@liquid': '{{ timestamp | slice: 0, 10 }}-{{ userId }}' } }, ['shared-transaction-id']],
    ['an id of an assigned day', { transaction_id: { '@liquid': '{% assign day = timestamp | date: "%F" %}{{ day }}-{{ userId }}' } }, ['shared-transaction-id']],
    ['an id of a user and a second', { transaction_id: { '@liquid': '{{ userId }}-{{ timestamp | date: "%s" }}' } }, ['maybe-shared-transaction-id']],
    ['an id of the size of the message\'s', { transaction_id: { '@liquid': '{{ messageId | size }}' } }, ['shared-transaction-id']],
    ['an id of the first letters of the message\'s', { transaction_id: { '@liquid': '{{ messageId | truncate: 8, "" }}' } }, ['shared-transaction-id']],
    ['an id of the context as JSON', { transaction_id: { '@json': { mode: 'encode', value: { '@path': '$.context' } } } }, ['shared-transaction-id']],
    ['an id that @transform makes of the user', { transaction_id: { '@transform': { apply: { a: { '@path': '$.userId' } }, mapping: { '@path': '$.a' } } } }, ['shared-transaction-id']],
    ...['properties.userId', 'properties.account.id', 'properties.customerId', 'properties.plan', 'context.traits.email', 'context.device.id', 'context.page.url', 'context.ip'].map(
      (path): [string, Readonly<Record<string, unknown>>, readonly string[]] => [`an id of ${path}`, { transaction_id: { '@path': `$.${path}` } }, ['shared-transaction-id']],
    ),
    ['an id of the session in the context', { transaction_id: { '@path': '$.context.session.id' } }, ['maybe-shared-transaction-id']],
    ['a liquid id without a variable', { transaction_id: { '@liquid': '{{ "messageId" }}' } }, ['constant-transaction-id']],
    ['a misspelt variable', { customer_id: { '@liquid': '{{ userID }}' } }, ['path-misspelt']],
    ['a misspelt variable in an id', { transaction_id: { '@liquid': '{{userId}}-{{ messageID }}' } }, ['path-misspelt', 'id-part-may-be-missing']],
    ['a variable that no event has', { properties: { a: { '@liquid': '{{ account }}' } } }, ['path-unknown-field']],
    ['a liquid id whose part can be missing', { transaction_id: { '@liquid': '{{ userId }}-{{ properties.line }}' } }, ['id-part-may-be-missing']],
    ...['{{properties.plan | downcase}}', '{{properties.plan || "x"}}', '{{properties.items[first].sku}}', '{{properties.n + 1}}', '{{#if properties.plan}}'].map(
      (text): [string, Readonly<Record<string, unknown>>, readonly string[]] => [`what no template can: ${text}`, { properties: { a: { '@template': text } } }, ['path-syntax']],
    ),
    ...['properties.a || $.userId', 'properties.a ?? $.userId', 'properties.items[].sku', 'properties.items[x].sku', 'properties.items[last()].sku', 'properties.items(0).sku', 'properties.items[ 0 ].sku', 'properties.items[0,1].sku', 'properties.items.-1.sku', '{{properties.a}}'].map(
      (path): [string, Readonly<Record<string, unknown>>, readonly string[]] => [`what no path can: ${path}`, { properties: { a: { '@path': `$.${path}` } } }, ['path-syntax']],
    ),
    ['a member of the message\'s id', { properties: { a: { '@path': '$.messageId.x' } } }, ['path-into-text']],
    ['the tags of liquid in a template', { properties: { a: { '@template': '{% if userId %}a{% endif %}' } } }, ['template-braces']],
    ['single braces', { properties: { a: { '@template': '{properties.plan}' } } }, ['template-braces']],
    ['a brace too many', { properties: { a: { '@template': '{{properties.plan}}}' } } }, ['template-braces']],
    ['a path as a template', { customer_id: { '@template': '$.context.groupId' } }, ['plain-text-path']],
    ['a path as liquid', { properties: { a: { '@liquid': '$.properties.a' } } }, ['plain-text-path']],
    ['an object in liquid', { properties: { a: { '@liquid': '{{ properties }}' } } }, ['template-object']],
    ['hours of twelve', { timestamp: { '@liquid': '{{ timestamp | date: "%Y-%m-%dT%I:%M:%SZ" }}' } }, ['timestamp-format']],
    ['minutes for months', { timestamp: { '@liquid': '{{ timestamp | date: "%Y-%M-%d" }}' } }, ['timestamp-format']],
    ['letters for a format', { timestamp: { '@liquid': '{{ timestamp | date: "YYYY-MM-DD" }}' } }, ['timestamp-format']],
    ['no format', { timestamp: { '@liquid': '{{ timestamp | date }}' } }, ['timestamp-format']],
    ['milliseconds in liquid', { timestamp: { '@liquid': '{{ properties.ms }}' } }, ['timestamp-as-text']],
    ['a name as the time', { timestamp: { '@path': '$.event' } }, ['field-of-wrong-kind']],
    ['text as the properties', { properties: { '@json': { mode: 'encode', value: { '@path': '$.properties' } } } }, ['field-of-wrong-kind']],
    ['liquid as the properties', { properties: { '@liquid': '{{ properties | json }}' } }, ['field-of-wrong-kind']],
    ['an object as the event type', { event_type: { '@path': '$.context.page' } }, ['field-of-wrong-kind']],
    ['merged objects as the customer', { customer_id: { '@merge': { direction: 'right', objects: [{ '@path': '$.context' }] } } }, ['field-of-wrong-kind']],
    ['a misspelt key below the context', { properties: { a: { '@template': '{{context.campain.Name}}' } } }, ['context-misspelt']],
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

  it('takes append for the filter it is', () => {
    expect(findingsOf({ mapping: { event_type: { '@liquid': '{{ event | append: "-x" | prepend: "y" | split: " " | join: "-" }}' } } })).toEqual([]);
  });

  it.each([
    ['lowercase', 'Did you mean downcase?'],
    ['handleize', 'Known are downcase, upcase, strip'],
  ])('suggests filters that can be used in place of %s', (filter, suggestion) => {
    const [finding] = findingsOf({ mapping: { event_type: { '@liquid': `{{ event | ${filter} }}` } } });

    expect(finding?.suggestion).toContain(suggestion);
    for (const name of finding?.suggestion.match(/\b[a-z_]+case|\b(?:strip|replace|append|default|date|split|join)\b/g) ?? []) {
      expect(() => compileMapping({ '@liquid': `{{ "a" | ${name}: "b"${name === 'replace' ? ', "c"' : ''} }}` })({})).not.toThrow();
    }
  });

  it('finds a key of the context in a trigger that is nearly Segment\'s', () => {
    expect(findingsOf({ trigger: 'type = "track" and context.groupID = "acme"' })).toMatchObject([{ rule: 'context-misspelt', severity: 'warning', suggestion: 'Did you mean context.groupId?' }]);
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

    const findings = findingsOf({ trigger, mapping: { transaction_id: { '@template': long }, customer_id: { '@path': `$.${'['.repeat(50_000)}` }, event_type: long } });

    expect(findings.map(({ rule }) => rule)).toContain('trigger-unreadable');
    expect(findings.filter(({ path, message, suggestion }) => `${path}${message}${suggestion}`.length > 3_100)).toEqual([]);
  }, HOSTILE_TIMEOUT_MS);

  it('takes little time for many mappings', () => {
    const entries = Array.from({ length: 500 }, (_, index) => ({ trigger: `type = "track" and (event = "A${index}" or event = "B${index}")` }));

    expect(findingsOf(...entries, { trigger: 'event = "B7"' }).map(({ rule, mapping }) => [rule, mapping])).toEqual([['same-transaction-id', 'Mapping 501']]);
  }, HOSTILE_TIMEOUT_MS);

  it('takes triggers with too many alternatives to compare for ones that can match together', () => {
    const groups = (value: string) => Array.from({ length: 8 }, (_, index) => `(properties.a${index} = "${value}" or properties.b${index} = "${value}")`).join(' and ');
    const entries = Array.from({ length: 20 }, (_, index) => ({ trigger: `properties.n = ${index} and ${groups('x')}` }));

    expect(new Set(findingsOf(...entries).map(({ rule }) => rule))).toEqual(new Set(['same-transaction-id']));
  }, HOSTILE_TIMEOUT_MS);
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
