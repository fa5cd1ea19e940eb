import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { LedgerLine } from '../../../cli/ledger/ledger-line.ts';
import { createHistories } from '../../../cli/replay/histories.ts';
import type { Histories } from '../../../cli/replay/histories.ts';
import type { ReplayRecord } from '../../../cli/ledger/replay-record.ts';
import { atMinute, deliveredUsage, lineOf } from './lines.ts';

type Step = LedgerLine | ReplayRecord;

const record = (minutes: number, sqsMessageId: string, more: Partial<ReplayRecord> = {}): ReplayRecord => ({ at: atMinute(minutes), root: 'root', sqsMessageId, ...more });
/** A record as this tool writes it before the message is queued, and after. */
const claim = (minutes: number, replayId: string): ReplayRecord => ({ at: atMinute(minutes), root: 'root', replayId });
const identified = (minutes: number, sqsMessageId: string, replayId: string): ReplayRecord => record(minutes, sqsMessageId, { replayId });
const again = (minutes: number, sqsMessageId: string, overrides: Partial<LedgerLine> = {}): LedgerLine => lineOf(minutes, { sqsMessageId, replayOf: 'root', ...overrides });

function historiesOf(steps: readonly Step[]): Histories {
  const histories = createHistories();
  for (const step of steps) {
    if ('root' in step) histories.addReplay(step);
    else histories.addLine(step);
  }
  return histories;
}

/** `quarantined`, `filtered`: open as that; `pending`: on its way again; `closed`. */
function stateOf(steps: readonly Step[]): string {
  const histories = historiesOf(steps);
  for (const fate of ['quarantined', 'filtered'] as const) {
    if (histories.open(fate).size > 0) return fate;
    if (histories.underWay(fate).size > 0) return 'pending';
  }
  return 'closed';
}

const CASES: readonly (readonly [string, readonly Step[], string])[] = [
  ['nothing', [], 'closed'],
  ['quarantined', [lineOf(0)], 'quarantined'],
  ['quarantined twice, as the queue may hand it out twice', [lineOf(0), lineOf(1)], 'quarantined'],
  ['filtered', [lineOf(0, { fate: 'filtered' })], 'filtered'],
  ['delivered', [lineOf(0, { fate: 'delivered' })], 'closed'],
  ['delivered, and then quarantined by its duplicate', [lineOf(0, { fate: 'delivered' }), lineOf(1)], 'closed'],
  ['quarantined, and then delivered by its duplicate', [lineOf(0), lineOf(1, { fate: 'delivered' })], 'closed'],
  ['returned with a part delivered', [lineOf(0, { fate: 'returned' })], 'closed'],
  ['returned, then quarantined', [lineOf(0, { fate: 'returned' }), lineOf(1)], 'quarantined'],
  ['quarantined and replayed', [lineOf(0), record(1, 'n1')], 'pending'],
  ['replayed with a clock that is late', [lineOf(0), record(-60, 'n1')], 'pending'],
  ['replayed and quarantined again', [lineOf(0), record(1, 'n1'), again(2, 'n1')], 'quarantined'],
  ['replayed with a clock that is early, and quarantined again', [lineOf(0), record(60, 'n1'), again(2, 'n1')], 'quarantined'],
  ['replayed and returned with a part delivered', [lineOf(0), record(1, 'n1'), again(2, 'n1', { fate: 'returned' })], 'pending'],
  ['replayed and delivered', [lineOf(0), record(1, 'n1'), again(2, 'n1', { fate: 'delivered' })], 'closed'],
  ['replayed and filtered', [lineOf(0), record(1, 'n1'), again(2, 'n1', { fate: 'filtered' })], 'filtered'],
  ['filtered, replayed and quarantined', [lineOf(0, { fate: 'filtered' }), record(1, 'n1'), again(2, 'n1')], 'quarantined'],
  ['replayed twice, the second on its way', [lineOf(0), record(1, 'n1'), again(2, 'n1'), record(3, 'n2')], 'pending'],
  ['replayed twice at once, one on its way', [lineOf(0), record(1, 'n1'), record(1, 'n2'), again(2, 'n1')], 'pending'],
  ['replayed, dead, and put back under another id', [lineOf(0), identified(1, 'n1', 'r1'), again(2, 'moved', { replayId: 'r1' })], 'quarantined'],
  ['replayed, dead, put back and filtered', [lineOf(0), identified(1, 'n1', 'r1'), again(2, 'moved', { replayId: 'r1', fate: 'filtered' })], 'filtered'],
  ['replayed, and come back by a forward that knows no replay ids', [lineOf(0), identified(1, 'n1', 'r1'), again(2, 'n1')], 'quarantined'],
  ['replayed by a run that was killed before it knew the message', [lineOf(0), claim(1, 'r1')], 'pending'],
  ['replayed by a run that was killed, and come back', [lineOf(0), claim(1, 'r1'), again(2, 'n1', { replayId: 'r1' })], 'quarantined'],
  ['replayed twice, each under another id of one message', [lineOf(0), identified(1, 'n1', 'r1'), again(2, 'n1', { replayId: 'r1' }), identified(3, 'n2', 'r2')], 'pending'],
  ['replayed, lost, given up and replayed again', [lineOf(0), identified(1, 'n1', 'r1'), record(60, 'n2', { replayId: 'r2', instead: ['r1'] })], 'pending'],
  ['replayed, lost, given up, replayed again and come back', [lineOf(0), identified(1, 'n1', 'r1'), record(60, 'n2', { replayId: 'r2', instead: ['r1'] }), again(61, 'n2', { replayId: 'r2' })], 'quarantined'],
  ['replayed long ago by an older tool, dead, and put back', [lineOf(0), record(1, 'n1'), again(5 * 24 * 60, 'moved')], 'pending'],
  ['filtered, and its duplicate quarantined later', [lineOf(0, { fate: 'filtered' }), lineOf(5)], 'filtered'],
  ['filtered by a replay, and the first message handed out once more', [lineOf(0), record(1, 'n1'), again(2, 'n1', { fate: 'filtered' }), lineOf(9)], 'quarantined'],
  ['replayed, with the line of an unrecorded message in between', [lineOf(0), record(1, 'n1'), again(9, 'unrecorded')], 'pending'],
  ['queued but not on record before it was replayed', [lineOf(0), again(1, 'unrecorded'), record(2, 'n1')], 'pending'],
];

describe('createHistories', () => {
  it.each(CASES)('%s', (_, steps, expected) => {
    expect(stateOf(steps)).toBe(expected);
    expect(stateOf(steps.toReversed())).toBe(expected);
  });

  it('knows everything that was ever delivered, once each, whatever line said so', () => {
    const steps = [
      lineOf(0, { fate: 'returned', usage: [deliveredUsage('A', 'a'), { mapping: 'B', transactionId: 'b', verdict: 'returned' }] }),
      lineOf(1, { usage: [deliveredUsage('A', 'a'), { mapping: 'B', transactionId: 'b', verdict: 'quarantined' }] }),
      again(2, 'n1', { usage: [{ ...deliveredUsage('A', 'a'), before: true }, deliveredUsage('C', 'c')] }),
    ];

    expect([...historiesOf(steps).open('quarantined')]).toEqual([
      { root: 'root', key: '', line: expect.objectContaining({ at: atMinute(2), sqsMessageId: 'n1', replayOf: 'root' }), delivered: [{ mapping: 'A', transactionId: 'a' }, { mapping: 'C', transactionId: 'c' }], failed: ['B'], waiting: [] },
    ]);
  });

  it.each<[string, readonly Step[], readonly object[]]>([
    ['still open', [lineOf(0)], []],
    ['delivered as itself', [lineOf(0), lineOf(1, { fate: 'delivered' })], [{ root: 'root', sqsMessageId: 'root' }]],
    ['delivered as a message that is not on record', [lineOf(0), again(1, 'n1', { fate: 'delivered' })], [{ root: 'root', sqsMessageId: 'n1' }]],
    ['filtered by a replay', [lineOf(0), again(1, 'n1', { fate: 'filtered' })], [{ root: 'root', sqsMessageId: 'n1' }]],
  ])('names the message that ended well: %s', (_, steps, expected) => {
    const histories = historiesOf(steps);

    expect([...histories.closed()]).toEqual(expected);
    // On record, it is closed for a reader of the quarantine alone, too.
    const ofQuarantine = historiesOf(steps.slice(0, 1));
    for (const closed of histories.closed()) ofQuarantine.addReplay({ at: atMinute(5), ...closed });
    expect(ofQuarantine.open('quarantined').size).toBe(expected.length === 0 ? 1 : 0);
  });

  it('keeps events apart', () => {
    const histories = historiesOf([lineOf(0, { sqsMessageId: 'one' }), lineOf(0, { sqsMessageId: 'two', fate: 'delivered' }), lineOf(0, { sqsMessageId: 'three' })]);

    expect([...histories.open('quarantined')].map(({ root }) => root)).toEqual(['one', 'three']);
  });

  it('says the same in whatever order the lines come', () => {
    const fate = fc.constantFrom('delivered', 'filtered', 'quarantined', 'returned' as const);
    const step = fc.oneof(
      fc.record({ minutes: fc.nat(30), fate, id: fc.constantFrom('root', 'n1', 'n2', 'n3') }).map(({ minutes, fate: end, id }) => (id === 'root' ? lineOf(minutes, { fate: end }) : again(minutes, id, { fate: end }))),
      fc.record({ minutes: fc.nat(30), id: fc.constantFrom('n1', 'n2', 'n3') }).map(({ minutes, id }) => record(minutes, id)),
    );
    const distinctTimes = fc.uniqueArray(step, { selector: ({ at }) => at, maxLength: 8 });
    fc.assert(
      fc.property(distinctTimes.chain((steps) => fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length }))), ([steps, shuffled]) => {
        expect(stateOf(shuffled)).toBe(stateOf(steps));
      }),
      { numRuns: 500 },
    );
  });
});
