import { describe, expect, it } from '@jest/globals';

import { importTexts } from '../../../cli/import/import-text.ts';
import { compileMapping } from '../../../lambda/mapping/index.ts';
import { DEFAULT_MAPPING } from '../../lambda/forward/factories.ts';

const TRIGGER = 'type = "track"';
/** As Segment's Public API gives it. */
const SUBSCRIPTION = { id: 's-1', name: 'Usage', actionId: 'a-1', actionSlug: 'sendEvent', destinationId: 'd-1', enabled: true, trigger: TRIGGER, settings: DEFAULT_MAPPING };
const IMPORTED = { name: 'Usage', enabled: true, trigger: TRIGGER, mapping: DEFAULT_MAPPING };
/** As a Terraform resource has it. */
const RESOURCE = { name: 'Usage', enabled: true, trigger: TRIGGER, action_id: 'a-1', settings: JSON.stringify(DEFAULT_MAPPING) };
const TYPE = 'segment_destination_subscription';

const imported = (...values: readonly unknown[]) => importTexts(values.map((value, index) => ({ name: `${index + 1}.json`, text: typeof value === 'string' ? value : JSON.stringify(value) })));
const page = (name: string, current: string, next?: string) => ({ data: { subscriptions: [{ ...SUBSCRIPTION, name }], pagination: { current, next, totalEntries: 2 } } });

describe('importText', () => {
  it.each<[string, unknown, number]>([
    ['a subscription', SUBSCRIPTION, 1],
    ['a list', [SUBSCRIPTION], 1],
    ['a page of the Public API', { data: { subscriptions: [SUBSCRIPTION], pagination: { current: 'MA==', totalEntries: 1 } } }, 1],
    ['one of the Public API', { data: { subscription: SUBSCRIPTION } }, 1],
    ['two pages as a list', [{ data: { subscriptions: [SUBSCRIPTION] } }, { data: { subscriptions: [{ ...SUBSCRIPTION, name: 'Other' }] } }], 2],
    ['the form of action-destinations', { name: 'Usage', partnerAction: 'sendEvent', subscribe: TRIGGER, mapping: DEFAULT_MAPPING, enabled: true }, 1],
    ['a mapping beside the destination\'s settings', { ...SUBSCRIPTION, mapping: DEFAULT_MAPPING, settings: { apiToken: 'secret' } }, 1],
    ['no word on enabled', { name: 'Usage', trigger: TRIGGER, settings: DEFAULT_MAPPING }, 1],
    ['settings as text', RESOURCE, 1],
    ['Terraform\'s state', { version: 4, resources: [{ type: 'aws_s3_bucket', instances: [{ attributes: {} }] }, { type: TYPE, instances: [{ attributes: RESOURCE }] }] }, 1],
    ['what terraform show -json prints', { values: { root_module: { child_modules: [{ resources: [{ type: TYPE, values: RESOURCE }] }] } } }, 1],
    ['Terraform\'s configuration as JSON', { resource: { [TYPE]: { usage: RESOURCE, other: [{ ...RESOURCE, name: 'Other' }] } } }, 2],
    ['Terraform\'s configuration with lists on every level', { resource: [{ aws_s3_bucket: {} }, { [TYPE]: [{ usage: RESOURCE }, { other: [{ ...RESOURCE, name: 'Other' }] }] }] }, 2],
    ['all pages of several', [page('Usage', 'MA==', 'MQ=='), page('Other', 'MQ==')], 2],
    ['a file with a byte order mark', `\ufeff${JSON.stringify(SUBSCRIPTION)}`, 1],
  ])('takes %s', (_, value, count) => {
    const { mappings, problems, notes } = imported(value);

    expect({ problems, notes }).toEqual({ problems: [], notes: [] });
    expect(mappings).toEqual([IMPORTED, { ...IMPORTED, name: 'Other' }].slice(0, count));
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /^1\.json: it is not JSON/],
    ['an empty file', ' \n', /^1\.json: it is empty; if a command wrote it/],
    ['an error answer', { errors: [{ type: 'unauthorized', message: 'Bad token' }] }, /^1\.json: it is an error that Segment's API answered \(unauthorized: Bad token\).*check \$SEGMENT_API_TOKEN/],
    ['an error answer without words', { errors: [] }, /it is an error that Segment's API answered, not/],
    ['a destination', { data: { destination: { id: 'd-1', name: 'Metronome', settings: {} } } }, /it is the destination itself.*destinations\/<id>\/subscriptions, with the id d-1$/],
    ['destinations', { data: { destinations: [{ id: 'd-1' }] } }, /it is a list of destinations/],
    ['one page of several', page('Usage', 'MA==', 'MQ=='), /^1\.json: it is one page of several.*pagination\.cursor=MQ==/],
    ['Terraform\'s expressions for settings', { resource: { [TYPE]: { usage: { ...RESOURCE, settings: '${jsonencode({})}' } } } }, /has "settings" with \$\{\.\.\.\}.*terraform show -json/],
    ['Terraform\'s expressions inside settings', { resource: { [TYPE]: { usage: { ...RESOURCE, settings: '{"customer_id": "${var.id}"}' } } } }, /terraform show -json/],
    ['Terraform\'s expressions for a trigger', { resource: { [TYPE]: { usage: { ...RESOURCE, trigger: '${var.trigger}' } } } }, /a trigger with .*terraform show -json/],
    ['nothing', [], /holds no subscriptions/],
    ['an answer with none', { data: { subscriptions: [] } }, /holds no subscriptions/],
    ['a mappings file', { mappings: [IMPORTED] }, /mappings file already/],
    ['one without a trigger', [SUBSCRIPTION, { name: 'B', settings: {} }], /^1\.json: Subscription 2 "B" has no trigger/],
    ['one with nothing but a name', [{ name: 'B' }], /^1\.json: Subscription 1 "B" has no trigger/],
    ['one with a blank trigger', { ...SUBSCRIPTION, trigger: ' ' }, /has no trigger/],
    ['one without a mapping', { trigger: TRIGGER, settings: null }, /^1\.json: Subscription 1 has no mapping/],
    ['settings that are a list', { trigger: TRIGGER, settings: [] }, /has "settings" as an array; expected an object/],
    ['settings that are broken text', { trigger: TRIGGER, settings: '{' }, /text that holds no JSON object/],
    ['enabled as text', { ...SUBSCRIPTION, enabled: 'true' }, /has "enabled" as text/],
    ['something else in the list', [SUBSCRIPTION, 7], /^1\.json: Subscription 2 is a number/],
    ['other actions alone', { ...SUBSCRIPTION, actionSlug: 'identify' }, /none of the subscriptions/],
  ])('refuses %s, and imports nothing of it', (_, value, problem) => {
    const { mappings, problems } = imported(value);

    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(mappings).toEqual([]);
  });

  it('makes names unique, in order, and says so', () => {
    const named = (name: unknown) => ({ ...SUBSCRIPTION, name });

    const { mappings, notes } = imported([named('Usage'), named('Usage'), named(''), named('Usage (2)'), named(undefined), named('Usage')]);

    expect(mappings.map(({ name }) => name)).toEqual(['Usage', 'Usage (3)', 'Subscription 3', 'Usage (2)', 'Subscription 5', 'Usage (4)']);
    expect(notes).toEqual([
      '1.json: Subscription 2 "Usage" shares its name with another, so its mapping is called "Usage (3)"',
      '1.json: Subscription 3 has no name, and its mapping is called "Subscription 3"',
      '1.json: Subscription 5 has no name, and its mapping is called "Subscription 5"',
      '1.json: Subscription 6 "Usage" shares its name with another, so its mapping is called "Usage (4)"',
    ]);
  });

  it('keeps disabled ones disabled, and skips other actions', () => {
    const { mappings, notes } = imported([{ ...SUBSCRIPTION, enabled: false }, { ...SUBSCRIPTION, name: 'People', partnerAction: 'identify', actionSlug: undefined }]);

    expect(mappings).toEqual([{ ...IMPORTED, enabled: false }]);
    expect(notes).toEqual([expect.stringMatching(/"People" is of the action "identify".*skipped/)]);
  });

  it('reads several files as one, in order, and names each in what it says', () => {
    const whole = imported(page('Usage', 'MA==', 'MQ=='), page('Other', 'MQ=='));
    const broken = imported(page('Usage', 'MA==', 'MQ=='), { data: { subscriptions: [{ name: 'B' }], pagination: { current: 'MQ==', next: 'Mg==' } } }, '{');

    expect(whole).toEqual({ mappings: [IMPORTED, { ...IMPORTED, name: 'Other' }], problems: [], notes: [] });
    expect(broken.mappings).toEqual([]);
    expect(broken.problems).toEqual([expect.stringMatching(/^3\.json: it is not JSON/), expect.stringMatching(/^2\.json: it is one page/), expect.stringMatching(/^2\.json: Subscription 1 "B"/)]);
  });

  it('leaves out what Segment does not send, and nothing else', () => {
    const settings = { __segment_internal_sync_mode: 'add', ...DEFAULT_MAPPING, enable_batching: true, batch_size: 10, __segment_internal_matching_key: 'id', note: { '@path': '$.x' } };

    const { mappings, notes } = imported({ ...SUBSCRIPTION, settings });

    expect(mappings).toEqual([IMPORTED]);
    expect(notes).toHaveLength(5);
    expect(notes[0]).toBe('1.json: Subscription 1 "Usage" loses "__segment_internal_sync_mode", which Segment doesn\'t send to Metronome either');
  });

  it('leaves the arguments of a directive for the whole mapping alone', () => {
    const settings = { __segment_internal_directive: { '@transform': { apply: { user: { '@path': '$.userId' } } } }, customer_id: { '@path': '$.user' }, extra: 1, __segment_internal_sync_mode: 'add' };

    const { mappings } = imported({ ...SUBSCRIPTION, settings });

    const { __segment_internal_sync_mode: _, ...kept } = settings;
    expect(mappings[0]?.mapping).toEqual(kept);
  });

  it('keeps numbers digit for digit, in settings as text too', () => {
    const settings = '{"properties": {"price": 1.10, "id": 12345678901234567890, "big": 1E400}}';
    const text = `[{"trigger": "x", "settings": ${settings}}, {"trigger": "x", "settings": ${JSON.stringify(settings)}}]`;

    const { mappings } = imported(text);

    const written = '{"properties":{"price":1.10,"id":12345678901234567890,"big":1E400}}';
    expect(mappings.map(({ mapping }) => JSON.stringify(mapping))).toEqual([written, written]);
  });

  it('takes what looks like an expression for text in Terraform\'s state, where all are worked out', () => {
    const settings = JSON.stringify({ ...DEFAULT_MAPPING, event_type: '${x}' });

    const { mappings } = imported({ resources: [{ type: TYPE, instances: [{ attributes: { ...RESOURCE, id: 's-1', settings } }] }] });

    expect(mappings[0]?.mapping).toEqual({ ...DEFAULT_MAPPING, event_type: '${x}' });
  });

  it('compiles as the same mapping', () => {
    const event = { messageId: 'm', context: { groupId: 'g' }, timestamp: 't', event: 'e', properties: { n: 1 } };

    const [mapping] = imported({ data: { subscription: { ...SUBSCRIPTION, settings: { ...DEFAULT_MAPPING, enable_batching: false } } } }).mappings;

    expect(compileMapping(mapping?.mapping)(event)).toEqual(compileMapping(DEFAULT_MAPPING)(event));
  });
});
