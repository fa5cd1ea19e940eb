import type { CDPSession, Page } from 'playwright-core';

/**
 * Runs in the page before its own script: from a key press, as the browser stamped it, to after the frame that shows it. A
 * message that is posted in the frame's callback is taken once the frame is painted.
 */
export const LATENCY_SCRIPT = `
  globalThis.keyLatencies = [];
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => globalThis.keyLatencies.push(performance.now() - timeStamp);
      port2.postMessage(undefined);
    });
  }, { capture: true });`;

export interface HeapReading {
  readonly atSeconds: number;
  /** Megabytes, as found. */
  readonly usedMb: number;
  /** Megabytes after a collection: what the page holds on to. */
  readonly heldMb: number;
  readonly elements: number;
}

export async function readHeap(session: CDPSession, atSeconds: number): Promise<HeapReading> {
  const found = await metrics(session);
  await session.send('HeapProfiler.collectGarbage');
  const held = await metrics(session);
  return { atSeconds, usedMb: megabytes(found['JSHeapUsedSize']), heldMb: megabytes(held['JSHeapUsedSize']), elements: held['Nodes'] ?? NaN };
}

export async function readLatencies(page: Page): Promise<readonly number[]> {
  return page.evaluate<readonly number[]>('globalThis.keyLatencies');
}

/** The page's counters, by name, as it shows them. */
export async function readCounters(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate<Readonly<Record<string, number>>>(
    `Object.fromEntries([...document.querySelectorAll('[data-counter]')].map((one) => [one.dataset.counter, Number(one.textContent.replaceAll(',', ''))]))`,
  );
}

async function metrics(session: CDPSession): Promise<Readonly<Record<string, number>>> {
  const { metrics: list } = await session.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function megabytes(bytes: number | undefined): number {
  return Math.round((bytes ?? NaN) / 1e5) / 10;
}
