import { describe, expect, it } from '@jest/globals';

import type { Fate, Verdict } from '../../../lambda/forward/fate.ts';
import type { FaultyUsage, ReadyUsage, Usage } from '../../../lambda/forward/route.ts';
import { returned, settle, unread } from '../../../lambda/forward/settle.ts';
import { DAY_MS, NOW, queuedOf } from './factories.ts';

const DELIVERED: Verdict = { kind: 'delivered', status: 200 };
const REFUSED: Verdict = { kind: 'refused', status: 400, detail: 'customer_id is unknown' };
const LIMITED: Verdict = { kind: 'returned', cause: 'rate_limited', status: 429 };
const UNPROVEN: Verdict = { kind: 'returned', cause: 'unproven_refusal', status: 400 };
const LATE: Verdict = { kind: 'returned', cause: 'deadline' };
const FAULTY: FaultyUsage = { kind: 'faulty', mapping: 'faulty', transactionId: 'f', fault: { reason: 'missing_field', field: 'customer_id', detail: 'd' } };

const QUARANTINED_FOR_FIELD: Fate = { kind: 'quarantined', ...FAULTY.fault };
const QUARANTINED_BY_METRONOME: Fate = { kind: 'quarantined', reason: 'refused_by_metronome', detail: 'customer_id is unknown' };
const back = (cause: Extract<Fate, { kind: 'returned' }>['cause']): Fate => ({ kind: 'returned', cause });

/** Settles an event whose usage events got these verdicts; `faulty` and `unheard` ones got none. */
function settled(given: readonly (Verdict | 'faulty' | 'unheard')[], overrides: Parameters<typeof queuedOf>[1] = {}) {
  const verdicts = new Map<ReadyUsage, Verdict>();
  const usage = given.map((verdict, index): Usage => {
    if (verdict === 'faulty') return FAULTY;
    const ready: ReadyUsage = { kind: 'ready', mapping: `mapping ${index}`, transactionId: `t${index}`, json: '{}', bytes: 2, hasRoundedId: false };
    if (verdict !== 'unheard') verdicts.set(ready, verdict);
    return ready;
  });
  return settle(queuedOf({}, overrides), { kind: 'usage', messageId: 'm', isJson: true, usage }, verdicts, NOW);
}

describe('settle', () => {
  it.each<[string, Parameters<typeof settled>[0], Fate]>([
    ['all delivered', [DELIVERED, DELIVERED], { kind: 'delivered' }],
    ['one delivered, one faulty', [DELIVERED, 'faulty'], QUARANTINED_FOR_FIELD],
    ['one delivered, one refused', [DELIVERED, REFUSED], QUARANTINED_BY_METRONOME],
    ['one delivered, one returned', [DELIVERED, LIMITED], back('rate_limited')],
    ['one faulty, one returned', ['faulty', LATE], back('deadline')],
    ['one refused, one returned', [REFUSED, LATE], back('deadline')],
    ['two returned: the first cause', [LIMITED, LATE], back('rate_limited')],
    ['two faults: the first', [REFUSED, 'faulty'], QUARANTINED_BY_METRONOME],
    ['refused, and not proven', [UNPROVEN], back('unproven_refusal')],
    ['one faulty, one refused and not proven', ['faulty', UNPROVEN], back('unproven_refusal')],
    ['only faulty', ['faulty'], QUARANTINED_FOR_FIELD],
    ['nothing heard', ['unheard'], back('internal')],
    ['nothing heard of one', [DELIVERED, 'unheard'], back('internal')],
  ])('%s', (_, verdicts, fate) => {
    expect(settled(verdicts).fate).toEqual(fate);
  });

  it('keeps the verdict of each usage event', () => {
    expect(settled([DELIVERED, 'faulty', REFUSED, LIMITED]).usage).toEqual([
      { mapping: 'mapping 0', transactionId: 't0', verdict: 'delivered', status: 200 },
      { mapping: 'faulty', transactionId: 'f', verdict: 'quarantined', fault: FAULTY.fault },
      { mapping: 'mapping 2', transactionId: 't2', verdict: 'quarantined', status: 400, fault: { reason: 'refused_by_metronome', detail: 'customer_id is unknown' } },
      { mapping: 'mapping 3', transactionId: 't3', verdict: 'returned', status: 429 },
    ]);
    expect(settled([UNPROVEN]).usage).toEqual([{ mapping: 'mapping 0', transactionId: 't0', verdict: 'returned', status: 400 }]);
  });

  it('passes on what routing decided', () => {
    const queued = queuedOf({});

    expect(settle(queued, { kind: 'filtered', messageId: 'm', isJson: true }, new Map(), NOW)).toEqual({ queued, messageId: 'm', isJson: true, fate: { kind: 'filtered' }, usage: [] });
    expect(settle(queued, { kind: 'faulty', messageId: undefined, isJson: false, fault: { reason: 'not_json' } }, new Map(), NOW)).toEqual({
      queued,
      messageId: undefined,
      isJson: false,
      fate: { kind: 'quarantined', reason: 'not_json' },
      usage: [],
    });
  });

  it('quarantines what would return after 12 days, and keeps the verdicts of its siblings', () => {
    const expired = settled([DELIVERED, LIMITED], { sentAt: NOW - 12 * DAY_MS - 1 });

    expect(expired.fate).toMatchObject({ kind: 'quarantined', reason: 'retry_expired', detail: expect.stringContaining('rate_limited') });
    expect(expired.usage.map(({ verdict }) => verdict)).toEqual(['delivered', 'returned']);
    expect(settled([DELIVERED, LIMITED], { sentAt: NOW - 12 * DAY_MS }).fate).toEqual(back('rate_limited'));
    expect(settled([DELIVERED], { sentAt: NOW - 13 * DAY_MS }).fate).toEqual({ kind: 'delivered' });
    expect(settled([UNPROVEN], { sentAt: NOW - 13 * DAY_MS }).fate).toMatchObject({ kind: 'quarantined', reason: 'retry_expired' });
  });
});

describe('returned', () => {
  it.each([
    [12 * DAY_MS, 'returned'],
    [12 * DAY_MS + 1, 'quarantined'],
  ])('after %i ms in the queue: %s', (age, kind) => {
    expect(returned(unread(queuedOf({}, { sentAt: NOW - age })), 'configuration', NOW).fate.kind).toBe(kind);
  });

  it('counts from this queue, not from acceptance: a replayed event gets its 12 days again', () => {
    expect(returned(unread(queuedOf({}, { acceptedAt: NOW - 30 * DAY_MS })), 'configuration', NOW).fate.kind).toBe('returned');
  });
});

describe('settle, of a replay', () => {
  const delivered = [{ mapping: 'A', transactionId: 'a' }];
  const replay = { of: 'root', delivered };
  const before = { mapping: 'A', transactionId: 'a', verdict: 'delivered', before: true };

  it('counts one of which nothing is left to send as delivered', () => {
    const queued = queuedOf({}, { replay });

    expect(settle(queued, { kind: 'usage', messageId: 'm', isJson: true, usage: [] }, new Map(), NOW)).toMatchObject({ fate: { kind: 'delivered' }, usage: [before] });
  });

  it.each<[string, ReturnType<typeof settled>]>([
    ['delivered', settled([DELIVERED], { replay })],
    ['quarantined', settled(['faulty'], { replay })],
    ['returned', settled([LIMITED], { replay })],
    ['quarantined', settled([LIMITED], { replay, sentAt: NOW - 13 * DAY_MS })],
    ['quarantined', returned(unread(queuedOf({}, { replay, sentAt: NOW - 13 * DAY_MS })), 'configuration', NOW)],
    ['filtered', settle(queuedOf({}, { replay }), { kind: 'filtered', messageId: 'm', isJson: true }, new Map(), NOW)],
    ['quarantined', settle(queuedOf({}, { replay }), { kind: 'faulty', messageId: 'm', isJson: true, fault: { reason: 'timestamp_too_old' } }, new Map(), NOW)],
  ])('%s or not, says what was delivered before', (kind, { fate, usage }) => {
    expect(fate.kind).toBe(kind);
    expect(usage[0]).toEqual(before);
  });
});

describe('an event that expires unmapped', () => {
  it.each<[string, unknown, string | undefined]>([
    ['an event', { messageId: 'm1' }, 'm1'],
    ['an event without one', {}, undefined],
    ['an array', [1], undefined],
    ['no JSON', '{"messageId":', undefined],
  ])('of %s keeps the messageId people search by', (_, body, messageId) => {
    const expired = returned(unread(queuedOf(body, { sentAt: NOW - 13 * DAY_MS })), 'configuration', NOW);

    expect(expired).toMatchObject({ fate: { kind: 'quarantined', reason: 'retry_expired' }, isJson: false });
    expect(expired.messageId).toBe(messageId);
  });

  it('does so even if reading it trips a bug of ours', () => {
    const tripping = queuedOf({}, { sentAt: NOW - 13 * DAY_MS });
    Object.defineProperty(tripping, 'text', { value: Symbol('no text') });

    expect(returned(unread(tripping), 'internal', NOW)).toMatchObject({ messageId: undefined, fate: { reason: 'retry_expired' } });
  });
});
