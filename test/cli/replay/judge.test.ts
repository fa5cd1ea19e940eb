import { describe, expect, it } from '@jest/globals';

import { failedMappings, readLedgerLine } from '../../../cli/ledger/ledger-line.ts';
import type { ReadLine } from '../../../cli/ledger/ledger-line.ts';
import { judge } from '../../../cli/replay/judge.ts';
import type { OpenRoot } from '../../../cli/replay/open-roots.ts';
import type { SettledUsage } from '../../../lambda/forward/settle.ts';
import { ledgerLine } from '../../../lambda/forward/ledger-line.ts';
import { bytesOf } from '../../../lambda/message.ts';
import { trackEvent } from '../../helpers/segment.ts';
import { DAY_MS, mappingsOf, NOW, queuedOf } from '../../lambda/forward/factories.ts';

const TWO = mappingsOf({}, { transaction_id: { '@path': '$.properties.second' } }).mappings;
const track = (overrides: Readonly<Record<string, unknown>> = {}): unknown => trackEvent('m1', { properties: { second: 'm2' }, ...overrides }, NOW);

function readOf(event: unknown, overrides: Parameters<typeof queuedOf>[1] = {}, isJson = true, usage: readonly SettledUsage[] = []): ReadLine {
  const text = ledgerLine({ queued: queuedOf(event, overrides), messageId: 'm1', isJson, fate: { kind: 'quarantined', reason: 'missing_field' }, usage }, 'v', NOW);
  const read = readLedgerLine(text);
  if (read === undefined) throw new TypeError('no line');
  return read;
}

const judged = (read: ReadLine, delivered: OpenRoot['delivered'] = []) => judge(read, { root: 'root', delivered, failed: failedMappings(read.line) }, TWO, NOW);
const A = { mapping: 'mapping 1', transactionId: 'm1' };

describe('judge', () => {
  it.each<[string, ReadLine, OpenRoot['delivered'], string, string | undefined]>([
    ['all that matches is good', readOf(track()), [], 'delivered', undefined],
    ['all that is left was delivered before, and another part was not', readOf(track(), {}, true, [{ mapping: 'Seats', transactionId: 's', verdict: 'quarantined' }]), [A, { mapping: 'mapping 2', transactionId: 'm2' }], 'nothing_left', undefined],
    ['what was delivered takes no part under its name or id', readOf(track()), [{ mapping: 'Usage', transactionId: 'u' }], 'refused', undefined],
    ['all was delivered before', readOf(track()), [A, { mapping: 'mapping 2', transactionId: 'm2' }], 'delivered', undefined],
    ['one of two fails', readOf(track({ properties: {} })), [], 'delivered_in_part', 'missing_field'],
    ['the other was delivered, and one fails', readOf(track({ properties: {} })), [A], 'quarantined', 'missing_field'],
    ['no mapping matches', readOf(track({ type: 'page' })), [], 'filtered', undefined],
    ['it was accepted 33 days ago', readOf(track(), { acceptedAt: NOW - 33 * DAY_MS }), [], 'too_old', 'timestamp_too_old'],
    ['its timestamp is of 33 days ago', readOf(track({ timestamp: new Date(NOW - 33 * DAY_MS).toISOString() })), [], 'too_old', 'timestamp_too_old'],
    ['too old, and the rest fails for another reason', readOf(track({ timestamp: new Date(NOW - 33 * DAY_MS).toISOString(), properties: {} })), [], 'quarantined', 'missing_field'],
    ['it is no JSON', readOf('hello', {}, false), [], 'quarantined', 'not_json'],
    ['it was never read, and is an event', readOf(track(), {}, false), [], 'delivered', undefined],
  ])('when %s', (_, read, delivered, kind, reason) => {
    const { outcome } = judged(read, delivered);

    expect(outcome.kind).toBe(kind);
    expect('fault' in outcome ? outcome.fault.reason : undefined).toBe(reason);
  });

  it('makes the message as it was accepted, digit for digit, with what must not be sent again', () => {
    const text = '{"type":"track","n":12345678901234567890,"m":1.10}';
    const { message } = judged(readOf(text), [A]);

    expect(message).toEqual({ body: text, encoding: 'text', acceptedAt: new Date(NOW - 2_000).toISOString(), replay: { of: 'root', delivered: [A] } });
  });

  it('sends what is not known to be delivered once somebody says that nothing was renamed', () => {
    const read = readOf(track());
    const { outcome, message } = judge(read, { root: 'root', delivered: [{ mapping: 'Usage', transactionId: 'u' }], failed: ['mapping 2', 'Usage'], replayId: 'r1', nothingRenamed: true }, TWO, NOW);

    expect(outcome.kind).toBe('delivered');
    expect(message.replay).toEqual({ of: 'root', delivered: [{ mapping: 'Usage', transactionId: 'u' }], undelivered: ['mapping 2'], id: 'r1', nothingRenamed: true });
  });

  it('makes the same of bytes that are not UTF-8', () => {
    const bytes = Buffer.from([0x7b, 0xff]);
    const { message, outcome } = judged(readOf(bytes.toString('base64'), { encoding: 'base64', text: undefined }, false));

    expect(bytesOf(message)).toEqual(bytes);
    expect(outcome).toMatchObject({ kind: 'quarantined', fault: { reason: 'not_json' } });
  });

  it('refuses what SQS would not take', () => {
    const many = Array.from({ length: 12_000 }, (_, index) => ({ mapping: `mapping ${index}`, transactionId: 'x'.repeat(60) }));

    expect(judged(readOf(track()), many).outcome).toMatchObject({ kind: 'refused', detail: expect.stringContaining('1 MiB') });
  });

  it('never sends again what does not tell what it is a replay of', () => {
    const read = readOf(track());

    expect(judged({ ...read, line: { ...read.line, field: 'replayOf' } }).outcome.kind).toBe('refused');
  });
});
