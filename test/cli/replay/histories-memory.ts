import { randomUUID } from 'node:crypto';

import { createHistories } from '../../../cli/replay/histories.ts';
import { lineOf } from './lines.ts';

// Prints the bytes of buffers that an event takes, as JSON. In a process of its own, where no other code's buffers come and go.
const EVENTS = 50_000;

/** In buffers that are still needed. */
function bufferBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().arrayBuffers;
}

const before = bufferBytes();
const histories = createHistories();
for (let index = 0; index < EVENTS; index += 1) histories.addLine(lineOf(index, { sqsMessageId: randomUUID(), messageId: `api-${index}`, fate: 'filtered' }), 'archive/one');
const bytesOfOne = (bufferBytes() - before) / EVENTS;
process.stdout.write(JSON.stringify({ bytesOfOne, open: histories.open('filtered').size, events: EVENTS }));
