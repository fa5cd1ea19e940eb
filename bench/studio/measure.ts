import type { Browser, CDPSession, Page } from 'playwright-core';

import type { LocalProcess, LocalState } from '../../test/helpers/local-process.ts';
import { summaryOf } from '../performance/statistics.ts';
import { sendSteadily } from './load.ts';
import type { Options } from './options.ts';
import { LATENCY_SCRIPT, readCounters, readHeap, readLatencies } from './page-probe.ts';
import type { HeapReading } from './page-probe.ts';

const DRAIN_MS = 300_000;
/** The page is told its counters twice a second. */
const SETTLE_MS = 10_000;
const STEP_MS = 100;
const SECOND_MS = 1_000;
/** Of the whole run. */
const HEAP_AT = [0.25, 0.5, 1];

export interface Counter {
  readonly name: string;
  readonly page: number;
  readonly bridge: number;
}

export interface Result {
  readonly eventsPerSecond: number;
  readonly seconds: number;
  readonly sent: number;
  /** How long the sending took, in seconds; more than asked for means the bridge or this machine was too slow. */
  readonly sentInSeconds: number;
  readonly counters: readonly Counter[];
  readonly heap: readonly HeapReading[];
  readonly latencyMs: { readonly presses: number; readonly median: number; readonly max: number };
  readonly bridgePeakMb: number;
}

/** Opens the page, loads the bridge, and watches both. */
export async function measure(browser: Browser, bridge: LocalProcess, { eventsPerSecond, seconds }: Options): Promise<Result> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(LATENCY_SCRIPT);
  await page.goto(bridge.url);
  await page.getByRole('status').filter({ hasText: /^Live$/ }).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = await readHeap(session, 0);

  const start = performance.now();
  const sending = sendSteadily(bridge.webhook, eventsPerSecond, seconds).then((sent) => ({ sent, sentInSeconds: (performance.now() - start) / SECOND_MS }));
  const [{ sent, sentInSeconds }, heap] = await Promise.all([sending, watch(page, session, seconds, start)]);
  const state = await bridge.drained(DRAIN_MS);
  const counters = await settledCounters(page, state);
  const latencies = await readLatencies(page);
  return {
    eventsPerSecond,
    seconds,
    sent,
    sentInSeconds: Math.round(sentInSeconds * 10) / 10,
    counters,
    heap: [before, ...heap],
    latencyMs: { presses: latencies.length, median: Math.round(summaryOf(latencies).median), max: Math.round(Math.max(...latencies)) },
    bridgePeakMb: Math.round(bridge.peakMemoryBytes() / 1e6),
  };
}

/** A key each second: one character into the filter, the next second out of it. */
async function watch(page: Page, session: CDPSession, seconds: number, start: number): Promise<readonly HeapReading[]> {
  const readings: HeapReading[] = [];
  const heapAt = new Set(HEAP_AT.map((part) => Math.max(1, Math.round(part * seconds))));
  await page.getByRole('searchbox', { name: 'Filter by text' }).focus();
  for (let second = 1; second <= seconds; second += 1) {
    await pause(start + second * SECOND_MS - performance.now());
    await page.keyboard.press(second % 2 === 1 ? 'a' : 'Backspace');
    if (heapAt.has(second)) readings.push(await readHeap(session, second));
  }
  return readings;
}

/** As the page shows them once they are the bridge's, or after a while in which they didn't become so. */
async function settledCounters(page: Page, { accepted, fates, queue }: LocalState): Promise<readonly Counter[]> {
  const bridge = { accepted, ...fates, waiting: queue.visible + queue.inFlight, 'dead letters': queue.deadLetters };
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const shown = await readCounters(page);
    const counters = Object.entries(bridge).map(([name, figure]) => ({ name, page: shown[name] ?? NaN, bridge: figure }));
    if (counters.every(isRight) || performance.now() > until) return counters;
    await pause(STEP_MS);
  }
}

export function isRight({ page, bridge }: Counter): boolean {
  return page === bridge;
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
