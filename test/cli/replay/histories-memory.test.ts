import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

import { createHistories } from '../../../cli/replay/histories.ts';
import { lineOf } from './lines.ts';

describe('the memory of createHistories', () => {
  it('is a fraction of what the lines take', () => {
    const events = 50_000;
    const before = process.memoryUsage();
    const histories = createHistories();
    for (let index = 0; index < events; index += 1) histories.addLine(lineOf(index, { sqsMessageId: randomUUID(), messageId: `api-${index}`, fate: 'filtered' }), 'archive/one');
    const after = process.memoryUsage();

    expect(histories.open('filtered').size).toBe(events);
    // Where nothing is kept as objects, all of it is in buffers, which no garbage of the test blurs.
    expect((after.arrayBuffers - before.arrayBuffers) / events).toBeGreaterThan(20);
    expect((after.arrayBuffers - before.arrayBuffers) / events).toBeLessThan(150);
  });
});
