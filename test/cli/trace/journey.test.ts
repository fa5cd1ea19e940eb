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

const USAGE: SettledUsage = { mapping: 'Usage', transactionId: 'usage-1', verdict: 'delivered', status: 200 };
const SEATS: SettledUsage = { mapping: 'Seats', transactionId: undefined, verdict: 'quarantined' };

function entry(minute: number, sqsMessageId: string, fate: Fate, usage: readonly SettledUsage[] = [], replayOf?: string, id?: string): LedgerEntry {
  const replay = replayOf === undefined ? undefined : { of: replayOf, delivered: [], id };
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
    ['quarantined', [entry(1, 'root', MISSING, [USAGE, SEATS])], 'in quarantine, until it is replayed. Billed in part: Usage. The rest is not billed until then.'],
    ['filtered by a replay', [entry(1, 'root', MISSING, [USAGE, SEATS]), entry(9, 'new', { kind: 'filtered' }, [USAGE], 'root')], 'filtered: no enabled mapping takes the rest. Billed in part: Usage.'],
    ['returned', [entry(1, 'root', UNPROVEN, [USAGE])], 'returned to the queue, and tried again. Billed in part: Usage.'],
    ['billed twice', [entry(1, 'new', { kind: 'delivered' }, [USAGE], 'root'), entry(2, 'newer', { kind: 'delivered' }, [{ ...USAGE, transactionId: 'other' }], 'root')], 'delivered. Billed 2 times by Usage, as usage-1 and other.'],
  ])('says what is billed of one that was %s in part', (_, entries, now) => {
    expect(journeysText(journeysOf({ entries, replays: [] })).replaceAll(/\s+/g, ' ')).toContain(`Now: ${now} `);
  });

  it('takes the latest of an event\'s messages for what became of it, and the best line of each message', () => {
    const entries = [entry(1, 'root', { kind: 'filtered' }), entry(5, 'new', MISSING, [], 'root'), entry(9, 'root', MISSING)];

    expect(journeysOf({ entries, replays: [] })[0]?.last).toMatchObject({ sqsMessageId: 'new', fate: 'quarantined' });
  });

  it('knows a replay that came back under another SQS id, and one of a run that was killed', () => {
    const record = { at: new Date(at(20)).toISOString(), root: 'root', replayId: 'r1' };
    const text = journeysText(journeysOf({ entries: [entry(1, 'root', MISSING)], replays: [{ key: 'key', text: '{}', record }] }));
    const [back] = journeysOf({ entries: [entry(1, 'root', MISSING), entry(30, 'moved', MISSING, [], 'root', 'r1')], replays: [{ key: 'key', text: '{}', record: { ...record, sqsMessageId: 'new' } }] });

    expect(text).toContain('it is not known whether it reached the queue');
    expect(text).toContain('\nNow: replayed, and not settled again yet.\n');
    expect(back).toMatchObject({ isUnderWay: false, last: { sqsMessageId: 'moved' } });
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
