import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openTally } from '../../local/tally.ts';
import type { FinalFate } from '../../local/tally.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const original = (fate: FinalFate['fate']): FinalFate => ({ sqsMessageId: 'a', fate, reason: 'not_json' });
const replayed = (sqsMessageId: string, fate: FinalFate['fate']): FinalFate => ({ ...original(fate), sqsMessageId, replayOf: 'a' });

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let files = 0;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'tally.db');
});

afterEach(() => folder.remove());

describe('openTally', () => {
  it('counts messages and fates, by reason', () => {
    const tally = openTally(path);
    tally.accept(['a', 'b', 'c', 'd', 'e']);
    tally.settle([
      { sqsMessageId: 'a', fate: 'delivered' },
      { sqsMessageId: 'b', fate: 'filtered' },
      { sqsMessageId: 'c', fate: 'quarantined', reason: 'not_json' },
      { sqsMessageId: 'd', fate: 'quarantined', reason: 'not_json' },
    ]);

    expect(tally.counts()).toEqual({ accepted: 5, fates: { delivered: 1, filtered: 1, quarantined: 2 }, quarantine: { not_json: 2 } });
    tally.close();
  });

  it('goes on where it was after a restart', () => {
    const first = openTally(path);
    first.accept(['a']);
    first.close();

    const second = openTally(path);
    second.settle([{ sqsMessageId: 'a', fate: 'delivered' }]);

    expect(second.counts()).toEqual({ accepted: 1, fates: { delivered: 1, filtered: 0, quarantined: 0 }, quarantine: {} });
    second.close();
  });

  it('counts each message once, with its best fate, in whatever order and however often it hears of it', () => {
    const fate: fc.Arbitrary<FinalFate> = fc.record({
      sqsMessageId: fc.constantFrom('a', 'b', 'c'),
      fate: fc.constantFrom('delivered' as const, 'filtered' as const, 'quarantined' as const),
    });
    fc.assert(
      fc.property(fc.array(fate, { minLength: 1, maxLength: 12 }), (fates) => {
        const tally = openTally(':memory:');
        for (const one of fates) {
          tally.settle([one]);
          tally.accept([one.sqsMessageId]);
        }
        const best = { delivered: 0, filtered: 0, quarantined: 0 };
        for (const all of Map.groupBy(fates, ({ sqsMessageId }) => sqsMessageId).values()) {
          const order = ['delivered', 'filtered', 'quarantined'] as const;
          best[order.find((name) => all.some((one) => one.fate === name)) ?? 'quarantined'] += 1;
        }
        const counts = tally.counts();
        expect(counts.fates).toEqual(best);
        expect(counts.accepted).toBe(new Set(fates.map(({ sqsMessageId }) => sqsMessageId)).size);
        tally.close();
      }),
    );
  });

  it('counts as it goes what it would count of its file', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const fate: fc.Arbitrary<FinalFate> = fc.record({
      sqsMessageId: id,
      replayOf: fc.option(id, { nil: undefined }),
      fate: fc.constantFrom('delivered' as const, 'filtered' as const, 'quarantined' as const),
      reason: fc.constantFrom('not_json' as const, 'missing_field' as const),
    });
    const step = fc.oneof(fc.record({ accept: fc.array(id) }), fc.record({ settle: fc.array(fate) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const file = join(folder.path, `${++files}.db`);
        const first = openTally(file);
        for (const one of steps) {
          if ('accept' in one) first.accept(one.accept);
          else first.settle(one.settle);
        }
        const counted = first.counts();
        first.close();

        const again = openTally(file);

        expect(again.counts()).toEqual(counted);
        again.close();
      }),
      { numRuns: 25 },
    );
  });

  it.each<[string, readonly FinalFate[], FinalFate['fate']]>([
    ['what became of its replay', [original('filtered'), replayed('r1', 'quarantined')], 'quarantined'],
    ['what became of its latest replay', [original('quarantined'), replayed('r1', 'filtered'), replayed('r2', 'quarantined')], 'quarantined'],
    ['delivered for ever', [original('quarantined'), replayed('r1', 'delivered'), replayed('r2', 'quarantined')], 'delivered'],
    ['its replay, when the first message is settled once more', [original('quarantined'), replayed('r1', 'filtered'), original('quarantined')], 'filtered'],
    ['the better fate of one message that was settled twice', [original('quarantined'), replayed('r1', 'filtered'), replayed('r1', 'quarantined')], 'filtered'],
  ])('counts a replayed event once, as %s', (_, fates, counted) => {
    const tally = openTally(':memory:');
    tally.accept(['a']);

    for (const fate of fates) tally.settle([fate]);

    expect(tally.counts()).toMatchObject({ accepted: 1, fates: { delivered: 0, filtered: 0, quarantined: 0, [counted]: 1 } });
    tally.close();
  });

  it('goes on with a file from before it told replays apart', () => {
    const old = new DatabaseSync(path);
    old.exec(`CREATE TABLE messages (id TEXT PRIMARY KEY, rank INTEGER, fate TEXT, reason TEXT) WITHOUT ROWID; INSERT INTO messages VALUES ('a', 2, 'filtered', NULL)`);
    old.close();

    const tally = openTally(path);
    tally.settle([{ sqsMessageId: 'a', fate: 'quarantined', reason: 'not_json' }]);
    const before = tally.counts();
    tally.settle([replayed('r1', 'quarantined')]);

    expect(before.fates).toEqual({ delivered: 0, filtered: 1, quarantined: 0 });
    expect(tally.counts().fates).toEqual({ delivered: 0, filtered: 0, quarantined: 1 });
    tally.close();
  });

  it('is held by one alone', () => {
    const first = openTally(path);

    expect(() => openTally(path)).toThrow(/Another bridge runs on the data folder/);
    first.close();
    expect(() => openTally(path).close()).not.toThrow();
  });

  it('names a file that is none of its own', () => {
    writeFileSync(path, 'rubbish, and enough of it to look like a database header');

    expect(() => openTally(path)).toThrow(/can't be read \(.*tally\.db: .*\)\. Move it away/);
  });
});
