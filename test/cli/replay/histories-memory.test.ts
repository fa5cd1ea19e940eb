import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createHistories } from '../../../cli/replay/histories.ts';
import { lineOf } from './lines.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** In buffers that are still needed: without a collection those of earlier code would be given back in between. */
function bufferBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

describe('the memory of createHistories', () => {
  it('is a fraction of what the lines take', () => {
    const events = 50_000;
    const before = bufferBytes();
    const histories = createHistories();
    for (let index = 0; index < events; index += 1) histories.addLine(lineOf(index, { sqsMessageId: randomUUID(), messageId: `api-${index}`, fate: 'filtered' }), 'archive/one');
    const bytesOfOne = (bufferBytes() - before) / events;

    expect(histories.open('filtered').size).toBe(events);
    // Where nothing is kept as objects, all of it is in buffers.
    expect(bytesOfOne).toBeGreaterThan(20);
    expect(bytesOfOne).toBeLessThan(150);
  });
});
