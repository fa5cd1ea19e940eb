import { afterAll, expect, it } from '@jest/globals';

import { withBridge } from '../../../bench/performance/whole-bridge.ts';
import { collectGarbage } from '../../../bench/performance/whole-collect.ts';
import { TELLS_OF_PROCESSES } from '../../../bench/performance/whole-process.ts';
import { atOnce } from '../../../bench/performance/whole-traffic.ts';
import { WrongAnswer } from '../../../bench/performance/same-answer.ts';
import { endLeftovers } from '../../helpers/local-process.ts';

afterAll(endLeftovers);

const START_MS = 90_000;

it(
  'drives the local run with single webhooks and batches, and times each event',
  async () => {
    const [single, batches, heldBytes, storedBytes] = await withBridge(async (bridge) => [
      await bridge.run(3, 1, atOnce(2)),
      await bridge.run(110, 50, atOnce(2)),
      await collectGarbage(bridge.process.output()),
      bridge.storedBytes(),
    ]);

    expect([single.lagsMs.length, batches.lagsMs.length]).toEqual([3, 110]);
    for (const lag of batches.lagsMs) expect(lag).toBeLessThan(START_MS);
    expect(batches.eventsPerSecond).toBeGreaterThan(0);
    expect(Number(batches.cpuMicros) > 0).toBe(TELLS_OF_PROCESSES);
    expect(heldBytes).toBeGreaterThan(10e6);
    expect(storedBytes).toBeGreaterThan(10e3);
  },
  START_MS,
);

it(
  'ends with an error when more is billed than was sent',
  async () => {
    const first = atOnce(1);
    const oneUntold = withBridge((bridge) => bridge.run(2, 1, async (url, webhooks) => (await first(url, webhooks)).slice(1)));

    await expect(oneUntold).rejects.toThrow(WrongAnswer);
  },
  START_MS,
);
