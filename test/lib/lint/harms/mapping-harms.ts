import { track } from './harm.ts';
import type { Harm } from './harm.ts';

const shirt = track({ properties: { sku: 'shirt', total: 5 } });
const items = track({ properties: { items: [{ sku: 'shirt' }], total: 5 } });

export const DIRECTIVE_HARMS = {
  'unknown-directive': { claim: 'every event fails', events: [shirt], shows: ({ properties }) => properties, bad: ['mapping fails'], good: [{ items: ['shirt'] }] },
  'mapping-refused': {
    claim: 'every event fails, also the one that needs no default',
    events: [track(), track({ userId: undefined })],
    shows: ({ customer_id }) => customer_id,
    bad: ['mapping fails', 'mapping fails'],
    good: ['u-1', 'none'],
  },
  'directive-fails': { claim: 'every event fails', events: [track()], shows: ({ properties }) => properties, bad: ['mapping fails'], good: [{ total: 5 }] },
  'directive-as-data': {
    claim: 'the path is billed in place of the value',
    events: [shirt],
    shows: ({ properties }) => properties,
    bad: [{ items: [{ '@path': '$.properties.sku', unit: 'piece' }] }],
    good: [{ items: [{ sku: 'shirt', unit: 'piece' }] }],
  },
  'if-blank': {
    claim: 'a group\'s event is billed to the user',
    events: [track()],
    shows: ({ customer_id }) => customer_id,
    bad: ['u-1'],
    good: ['g-1'],
  },
  'if-plain-else': { claim: 'the property is missing, not 0', events: [track()], shows: ({ properties }) => properties, bad: [{}], good: [{ seats: 0 }] },
  'json-mode-case': { claim: 'the property is missing', events: [track()], shows: ({ properties }) => properties, bad: [{}], good: [{ payload: '{"total":5}' }] },
  'merge-direction-case': {
    claim: 'the other object\'s value is billed',
    events: [track({ context: { groupId: 'g-1', traits: { total: 99 } } })],
    shows: ({ properties }) => properties,
    bad: [{ total: 99 }],
    good: [{ total: 5 }],
  },
  'replace-dollar': { claim: 'nothing is replaced', events: [track()], shows: ({ customer_id }) => customer_id, bad: ['g-1'], good: ['g_1'] },
} as const satisfies Readonly<Record<string, Harm>>;

export const PATH_HARMS = {
  'path-syntax': { claim: 'the property is missing', events: [items], shows: ({ properties }) => properties, bad: [{}], good: [{ sku: 'shirt' }] },
  'path-misspelt': { claim: 'every event fails', events: [track()], shows: ({ customer_id }) => customer_id, bad: ['missing_field customer_id'], good: ['u-1'] },
  'path-unknown-field': {
    claim: 'every event fails',
    events: [track({ properties: { account: 'a-1' } })],
    shows: ({ customer_id }) => customer_id,
    bad: ['missing_field customer_id'],
    good: ['a-1'],
  },
  'path-into-text': {
    claim: 'every event fails',
    events: [track({ properties: { account_id: 'a-1' } })],
    shows: ({ customer_id }) => customer_id,
    bad: ['missing_field customer_id'],
    good: ['a-1'],
  },
  'context-misspelt': { claim: 'every event fails', events: [track()], shows: ({ customer_id }) => customer_id, bad: ['missing_field customer_id'], good: ['g-1'] },
} as const satisfies Readonly<Record<string, Harm>>;

export const TEMPLATE_HARMS = {
  'plain-text-path': { claim: 'a customer is billed who doesn\'t exist', events: [track()], shows: ({ customer_id }) => customer_id, bad: ['$.userId'], good: ['u-1'] },
  'template-dollar': { claim: 'the part is empty', events: [track()], shows: ({ transaction_id }) => transaction_id, bad: ['m-1-'], good: ['m-1-u-1'] },
  'template-braces': { claim: 'the braces are sent', events: [track()], shows: ({ transaction_id }) => transaction_id, bad: ['m-1-${userId}'], good: ['m-1-u-1'] },
  'template-triple-braces': {
    claim: 'whoever sends the event is billed as another customer',
    events: [track({ context: { groupId: '{{properties.other}}' }, properties: { other: 'g-2' } })],
    shows: ({ customer_id }) => customer_id,
    bad: ['team-g-2'],
    good: ['team-{{properties.other}}'],
  },
  'template-object': {
    claim: 'two lines of one message get the same id',
    events: [track({ properties: { line: 1 } }), track({ properties: { line: 2 } })],
    shows: ({ transaction_id }) => transaction_id,
    bad: ['m-1-[object Object]', 'm-1-[object Object]'],
    good: ['m-1-1', 'm-1-2'],
  },
  'liquid-unknown-filter': { claim: 'the value goes out unchanged', events: [track()], shows: ({ event_type }) => event_type, bad: ['Order Paid'], good: ['order paid'] },
  'liquid-disabled-filter': {
    claim: 'every event fails',
    events: [track({ properties: { tags: ['a', 'b'] } })],
    shows: ({ properties }) => properties,
    bad: ['mapping fails'],
    good: [{ tags: 'a,b' }],
  },
} as const satisfies Readonly<Record<string, Harm>>;
