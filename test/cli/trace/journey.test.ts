import { describe, expect, it } from '@jest/globals';

import { readLedgerLine } from '../../../cli/ledger/ledger-line.ts';
import type { LedgerEntry } from '../../../cli/ledger/read-ledger.ts';
import { journeysOf } from '../../../cli/trace/journey.ts';
import type { ReplayEntry } from '../../../cli/trace/journey.ts';
import { journeysText } from '../../../cli/trace/text-report.ts';
import type { Fate } from '../../../lambda/forward/fate.ts';
import type { SettledUsage } from '../../../lambda/forward/settle.ts';
import { lineOf } from '../ledger/bucket-double.ts';

const at = (minute: number): number => Date.parse('2026-11-21T09:00:00.000Z') + minute * 60_000;
const MISSING: Fate = { kind: 'quarantined', reason: 'missing_field', field: 'customer_id', detail: 'customer_id is missing.' };
const UNPROVEN: Fate = { kind: 'returned', cause: 'rate_limited' };

function entry(minute: number, sqsMessageId: string, fate: Fate, usage: readonly SettledUsage[] = [], replayOf?: string): LedgerEntry {
  const replay = replayOf === undefined ? undefined : { of: replayOf, delivered: [] };
  const text = lineOf(at(minute), { fate, usage }, { sqsMessageId, acceptedAt: at(0), replay });
  const read = readLedgerLine(text);
  if (read === undefined) throw new TypeError('no line');
  return { prefix: 'archive', key: 'key', text, ...read };
}

function replayed(minute: number, root: string, sqsMessageId: string): ReplayEntry {
  return { key: 'key', text: '{}', record: { at: new Date(at(minute)).toISOString(), root, sqsMessageId, by: { reason: 'missing_field', field: undefined } } };
}

describe('journeysOf', () => {
  it('puts what happened to one event in the order of time, its replays among it', () => {
    const entries = [entry(30, 'new', { kind: 'delivered' }, [], 'root'), entry(1, 'root', MISSING)];

    const [journey, ...others] = journeysOf({ entries, replays: [replayed(20, 'root', 'new')] });

    expect(others).toEqual([]);
    expect(journey?.steps.map((step) => step.kind)).toEqual(['fate', 'replay', 'fate']);
    expect(journey).toMatchObject({ root: 'root', isUnderWay: false, last: { fate: 'delivered' } });
  });

  it('keeps apart what was accepted twice', () => {
    const journeys = journeysOf({ entries: [entry(1, 'one', { kind: 'delivered' }), entry(2, 'two', MISSING)], replays: [] });

    expect(journeys.map(({ root, last }) => [root, last?.fate])).toEqual([['one', 'delivered'], ['two', 'quarantined']]);
  });

  it.each<[string, readonly LedgerEntry[], string]>([
    ['delivered', [entry(1, 'root', { kind: 'delivered' })], 'delivered.'],
    ['delivered before a worse line', [entry(1, 'root', { kind: 'delivered' }), entry(9, 'root', MISSING)], 'delivered.'],
    ['filtered', [entry(1, 'root', { kind: 'filtered' })], 'filtered: no enabled mapping takes it. Not billed.'],
    ['quarantined', [entry(1, 'root', MISSING)], 'in quarantine, until it is replayed. Not billed.'],
    ['returned', [entry(1, 'root', UNPROVEN)], 'returned to the queue, and tried again.'],
  ])('says of one that was %s where it is now', (_, entries, now) => {
    expect(journeysText(journeysOf({ entries, replays: [] }))).toContain(`\nNow: ${now}\n`);
  });

  it.each<[string, readonly LedgerEntry[], string]>([
    ['no line yet', [], 'replayed, and not settled again yet.'],
    ['only been returned', [entry(25, 'new', UNPROVEN, [], 'root')], 'replayed, and not settled again yet.'],
    ['come back', [entry(25, 'new', MISSING, [], 'root')], 'in quarantine, until it is replayed. Not billed.'],
    ['been delivered', [entry(25, 'new', { kind: 'delivered' }, [], 'root')], 'delivered.'],
  ])('says so of a replay that has %s', (_, after, now) => {
    const entries = [entry(1, 'root', MISSING), ...after];

    expect(journeysText(journeysOf({ entries, replays: [replayed(20, 'root', 'new')] }))).toContain(`\nNow: ${now}\n`);
  });

  it('knows an event of which there is only the replay', () => {
    expect(journeysText(journeysOf({ entries: [], replays: [replayed(20, 'root', 'new')] }))).toBe(`Message root
  2026-11-21T09:20:00.000Z  replayed
      as SQS message new
      by reason missing_field
Now: replayed, and not settled again yet.
`);
  });
});

describe('journeysText', () => {
  it('shows all that is known of an event in 80 columns', () => {
    const long = 'Metronome refused the event: "customer_id must be one of the customers of this account, and it is none of them".';
    const usage: readonly SettledUsage[] = [
      { mapping: 'Send track events to Metronome', transactionId: 'm-1', verdict: 'delivered', status: 200 },
      { mapping: 'Send seats to Metronome', transactionId: 'm-1-seat', verdict: 'quarantined', status: 400, fault: { reason: 'refused_by_metronome', detail: long } },
    ];
    const refused: Fate = { kind: 'quarantined', reason: 'refused_by_metronome', detail: long };
    const again: readonly SettledUsage[] = [
      { mapping: 'Send track events to Metronome', transactionId: 'm-1', verdict: 'delivered', before: true },
      { mapping: 'Send seats to Metronome', transactionId: 'm-1-seat', verdict: 'delivered', status: 200 },
    ];
    const root = '5f1f0b0e-6a0e-4a3e-9d0b-0a7d8a3b1c2d';
    const entries = [entry(1, root, refused, usage), entry(30, 'new', { kind: 'delivered' }, again, root)];

    const text = journeysText(journeysOf({ entries, replays: [replayed(20, root, 'new')] }));

    expect(text).toBe(`Event m-1
  2026-11-21T09:00:00.000Z  accepted
      as SQS message 5f1f0b0e-6a0e-4a3e-9d0b-0a7d8a3b1c2d
  2026-11-21T09:01:00.000Z  quarantined: refused_by_metronome
      Send track events to Metronome: delivered, Metronome answered 200
        transaction_id m-1
      Send seats to Metronome: quarantined: refused_by_metronome, Metronome
      answered 400
        transaction_id m-1-seat
        Metronome refused the event: "customer_id must be one of the customers
        of this account, and it is none of them".
      mappings version-1
  2026-11-21T09:20:00.000Z  replayed
      as SQS message new
      by reason missing_field
  2026-11-21T09:30:00.000Z  delivered
      as SQS message new
      Send track events to Metronome: delivered on an earlier way, not sent
      again
        transaction_id m-1
      Send seats to Metronome: delivered, Metronome answered 200
        transaction_id m-1-seat
      mappings version-1
Now: delivered.
`);
  });

  it('lets no control character of an event steer the terminal', () => {
    expect(journeysText(journeysOf({ entries: [entry(1, '\u001b[2J', MISSING)], replays: [] }))).not.toContain('\u001b');
  });
});
