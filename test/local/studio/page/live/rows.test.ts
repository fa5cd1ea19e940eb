import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { LiveEvent } from '../../../../../local/studio/api.ts';
import { matches, NO_FILTER, queryOf } from '../../../../../local/studio/page/live/filter.ts';
import { MAX_ROWS, withRows } from '../../../../../local/studio/page/live/rows.ts';
import { visibleRange } from '../../../../../local/studio/page/live/window.ts';

function liveEvent(seq: number, changed: Partial<LiveEvent> = {}): LiveEvent {
  return { seq, at: 0, acceptedAt: 0, sqsMessageId: `sqs-${seq}`, fate: 'delivered', mappings: ['Exports'], receiveCount: 1, ...changed };
}

function seqs(events: readonly LiveEvent[]): readonly number[] {
  return events.map(({ seq }) => seq);
}

describe('withRows', () => {
  it('keeps every event once, the newest first, however they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 60 }), { maxLength: 10 }), { maxLength: 10 }), (batches) => {
        const rows = batches.reduce<readonly LiveEvent[]>((known, batch) => withRows(known, batch.map((seq) => liveEvent(seq))), []);

        expect(seqs(rows)).toEqual([...new Set(batches.flat())].toSorted((one, other) => other - one));
      }),
    );
  });

  it('lets the oldest go', () => {
    const full = withRows([], Array.from({ length: MAX_ROWS }, (_, seq) => liveEvent(seq)));
    const rows = withRows(full, [liveEvent(MAX_ROWS)]);

    expect([rows.length, rows[0]?.seq, rows.at(-1)?.seq]).toEqual([MAX_ROWS, MAX_ROWS, 1]);
  });
});

describe('matches', () => {
  const event = liveEvent(1, { name: 'Report Exported', customer: 'acme', fate: 'quarantined', reason: 'missing_field', field: 'customer_id' });

  it.each([
    ['no filter', NO_FILTER, true],
    ['its fate', { ...NO_FILTER, fates: ['quarantined', 'returned'] as const }, true],
    ['another fate', { ...NO_FILTER, fates: ['delivered'] as const }, false],
    ['its reason', { ...NO_FILTER, reason: 'missing_field' }, true],
    ['part of a reason', { ...NO_FILTER, reason: 'missing' }, false],
    ['part of its name in another case', { ...NO_FILTER, text: 'report ex' }, true],
    ['its mapping', { ...NO_FILTER, text: 'exports' }, true],
    ['its field', { ...NO_FILTER, text: 'customer_id' }, true],
    ['what it has nowhere', { ...NO_FILTER, text: 'globex' }, false],
  ])('for %s', (_, filter, isMatch) => {
    expect(matches(filter, event)).toBe(isMatch);
  });

  it('asks the server for the same', () => {
    expect(queryOf({ fates: ['delivered', 'returned'], reason: 'x', text: 'y' })).toEqual({ fate: 'delivered,returned', reason: 'x', text: 'y' });
  });
});

describe('visibleRange', () => {
  it.each([
    ['the top', 0, 0, 33],
    ['the middle', 32 * 100, 92, 133],
    ['the end', 32 * 1_975, 1_967, 2_000],
    ['past the end, after rows are gone', 32 * 9_000, 1_999, 2_000],
  ])('at %s', (_, scrollTop, first, end) => {
    expect(visibleRange(scrollTop, 800, 32, 2_000)).toEqual({ first, end });
  });

  it('is empty for no rows', () => {
    expect(visibleRange(0, 800, 32, 0)).toEqual({ first: 0, end: 0 });
  });
});
