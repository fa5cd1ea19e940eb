import { track } from './harm.ts';
import type { Harm } from './harm.ts';

const paid = track();
const refunded = track({ event: 'Order Refunded' });
const invoiced = track({ event: 'Invoice Sent' });
const signedUp = track({ event: 'Signed Up' });
const page = track({ type: 'page', event: undefined, name: 'Home' });

export const TRIGGER_HARMS = {
  'trigger-unreadable': {
    claim: 'an event that was meant is never billed',
    events: [track({ properties: { total: 500 } })],
    bad: ['never matches'],
    good: ['billed'],
  },
  'trigger-throws': { claim: 'every track event fails', events: [paid, page], bad: ['trigger fails', 'filtered'], good: ['billed', 'filtered'] },
  'condition-skipped': {
    claim: 'another customer\'s events are billed too',
    events: [track({ context: { groupId: 'acme' } }), track({ context: { groupId: 'other' } })],
    bad: ['billed', 'billed'],
    good: ['billed', 'filtered'],
  },
  'upper-case-connective': { claim: 'OR counts as and, and neither event is billed', events: [paid, refunded], bad: ['filtered', 'filtered'], good: ['billed', 'billed'] },
  'negation-ignored': { claim: 'tests are billed, and nothing else', events: [track({ event: 'Test' }), paid], bad: ['billed', 'filtered'], good: ['filtered', 'billed'] },
  'mixed-connectives': { claim: 'every track event is billed', events: [paid, refunded, signedUp], bad: ['billed', 'billed', 'billed'], good: ['billed', 'billed', 'filtered'] },
  'call-in-parentheses': { claim: 'every track event is billed', events: [paid, invoiced, signedUp], bad: ['billed', 'billed', 'billed'], good: ['billed', 'billed', 'filtered'] },
  'unknown-function': {
    claim: 'the call is dropped, and every track event is billed',
    events: [paid, track({ event: 'Reorder or Order' }), track({ event: 'order paid' }), signedUp],
    bad: ['billed', 'billed', 'billed', 'billed'],
    good: ['billed', 'billed', 'billed', 'filtered'],
  },
  'never-matches': { claim: 'neither event is billed', events: [paid, refunded], bad: ['filtered', 'filtered'], good: ['billed', 'billed'] },
} as const satisfies Readonly<Record<string, Harm>>;

export const CONDITION_HARMS = {
  'not-a-comparison': { claim: 'track events are lost', events: [paid], bad: ['filtered'], good: ['billed'] },
  'single-quotes': { claim: 'track events are lost', events: [paid], bad: ['filtered'], good: ['billed'] },
  'unknown-event-type': { claim: 'track events are lost', events: [paid], bad: ['filtered'], good: ['billed'] },
  'null-as-text': {
    claim: 'an event without a name passes the filter, and fails later',
    events: [paid, track({ event: undefined })],
    bad: ['billed', 'missing_field event_type'],
    good: ['billed', 'filtered'],
  },
  'not-equal-boolean': {
    claim: 'tests are billed',
    events: [track({ properties: { is_test: true } }), track({ properties: { is_test: false } }), track({ properties: {} })],
    bad: ['billed', 'billed', 'billed'],
    good: ['filtered', 'billed', 'billed'],
  },
  'boolean-as-text': { claim: 'paid orders are lost', events: [track({ properties: { paid: true } })], bad: ['filtered'], good: ['billed'] },
  'user-id-boolean': { claim: 'the events of users are lost', events: [paid, track({ userId: null })], bad: ['filtered', 'filtered'], good: ['billed', 'filtered'] },
  'whole-object-field': { claim: 'events with properties are lost', events: [paid], bad: ['filtered'], good: ['billed'] },
  'call-skipped': {
    claim: 'other types of events are billed',
    events: [paid, track({ type: 'screen' })],
    bad: ['billed', 'billed'],
    good: ['billed', 'filtered'],
  },
  'call-without-text': { claim: 'track events are lost', events: [paid], bad: ['filtered'], good: ['billed'] },
  'match-pattern': {
    claim: 'what starts with the text is lost, and what ends with all but its first character is billed',
    events: [paid, track({ event: 'Reorder' }), track({ event: 'Border' })],
    bad: ['filtered', 'billed', 'billed'],
    good: ['billed', 'filtered', 'filtered'],
  },
} as const satisfies Readonly<Record<string, Harm>>;
