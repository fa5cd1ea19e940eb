import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { LAMBDA_MAX_PAYLOAD_BYTES } from '../../lambda/limits.ts';
import { buildBundle } from './bundles.ts';
import { benchEvents } from './events.ts';
import { lambdaHeap, MEMORY_MB } from './lambda-heap.ts';
import type { Plan } from './plan.ts';
import { amountRow, growthRow } from './rows.ts';
import type { Mark, Row } from './rows.ts';
import { sqsEvent } from './sqs-event.ts';
import { kilobytes, number } from './text.ts';
import { loopbackEnvironment, withLoopback } from './with-loopback.ts';

const PROBE = fileURLToPath(new URL('memory-probe.js', import.meta.url));
const MB = 1_000_000;
/** Room for the records around the bodies, and for the quotes in them that Lambda's payload escapes. */
const PAYLOAD_SHARE_OF_BODIES = 0.75;
/** After so many batches, caches and kept connections are there. */
const SETTLED_BATCHES = 3;
/** What every event left behind would add up to more. */
const FLAT: Mark = { atMost: 1.1 };

/** How much memory the bundled function needs at most, for batches of the usual size and for the largest that Lambda hands over, and whether it comes to hold more with every batch. */
export async function measureMemory({ memoryBatches }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-'));
  try {
    const { path } = await buildBundle('forward', folder);
    const rows: Row[] = [];
    for (const eventBytes of [2_000, 16_000]) {
      const events = Math.min(1_000, Math.floor((LAMBDA_MAX_PAYLOAD_BYTES * PAYLOAD_SHARE_OF_BODIES) / eventBytes));
      const batches = `batches of ${number(events)} events of ${kilobytes(eventBytes)}`;
      const what = `peak memory, heap limited as on Lambda with ${MEMORY_MB.forward} MB, ${batches}`;
      say(`Forward: ${what}`);
      const { peak, before, heldEarly, heldLate } = await memoryOf(path, events, eventBytes, memoryBatches, folder);
      rows.push(
        amountRow({ section: 'forward', what, against: 'an empty process of Node', unit: 'MB', ours: peak / MB, peer: before / MB }),
        growthRow({ section: 'forward', what: `held after ${memoryBatches} ${batches}`, against: `after ${SETTLED_BATCHES} batches`, unit: 'MB', ours: heldLate / MB, peer: heldEarly / MB, mark: FLAT }),
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In bytes. */
interface Memory {
  readonly before: number;
  readonly peak: number;
  /** After a collection. */
  readonly heldEarly: number;
  readonly heldLate: number;
}

async function memoryOf(bundle: string, events: number, eventBytes: number, batches: number, folder: string): Promise<Memory> {
  const now = Date.now();
  const batchFile = join(folder, 'batch.json');
  writeFileSync(batchFile, JSON.stringify(sqsEvent(benchEvents(events, eventBytes, now).map((event) => JSON.stringify(event)), now)));
  return withLoopback(async (url) => {
    const execArgv = ['--expose-gc', ...lambdaHeap(MEMORY_MB.forward)];
    const words = [bundle, batchFile, String(SETTLED_BATCHES), String(batches)];
    const child = fork(PROBE, words, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, ...loopbackEnvironment(url) }, execArgv });
    const ended = once(child, 'close');
    const [memory]: (Memory | undefined)[] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
    await ended;
    if (memory === undefined) throw new Error('The forward function did not deliver its batches, so its memory was not measured.');
    return memory;
  });
}
