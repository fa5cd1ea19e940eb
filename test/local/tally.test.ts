import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openTally } from '../../local/tally.ts';
import type { FinalFate } from '../../local/tally.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;

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
