import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { packMessages } from '../../../lambda/ingest/pack-messages.ts';
import { SQS_MAX_BATCH_ENTRIES, SQS_MAX_BYTES } from '../../../lambda/limits.ts';
import { messageBytes, toMessage } from '../../../lambda/message.ts';

const entryOf = (bytes: number): { message: ReturnType<typeof toMessage> } => ({ message: toMessage(Buffer.alloc(bytes, 'x'), '2026-11-22T10:00:00.000Z') });

describe('packMessages', () => {
  it('makes no request of nothing', () => {
    expect(packMessages([])).toEqual([]);
  });

  it('keeps order, loses and doubles nothing, and holds both limits', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 50_000, max: 900_000 })), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, (bytes) => {
        const entries = bytes.map(entryOf);

        const batches = packMessages(entries);

        expect(batches.flat()).toEqual(entries);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(SQS_MAX_BATCH_ENTRIES);
          expect(batch.reduce((sum, { message }) => sum + messageBytes(message), 0)).toBeLessThanOrEqual(SQS_MAX_BYTES);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('fills requests: 1,000 small messages need 100', () => {
    expect(packMessages(Array.from({ length: 1_000 }, () => entryOf(1_000)))).toHaveLength(100);
  });
});
