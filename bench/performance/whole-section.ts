import type { Plan, WholePlan } from './plan.ts';
import type { Row } from './rows.ts';
import { summaryOf } from './statistics.ts';
import type { Summary } from './statistics.ts';
import { withBridge } from './whole-bridge.ts';
import type { WholeBridge } from './whole-bridge.ts';
import { collectGarbage } from './whole-collect.ts';
import type { Phase } from './whole-drive.ts';
import { percentile } from './whole-figures.ts';
import { TELLS_OF_PROCESSES, usedBy } from './whole-process.ts';
import { flatRows, lagRows, speedRows } from './whole-rows.ts';
import type { Kept, Milestone } from './whole-rows.ts';
import { atOnce, atRate } from './whole-traffic.ts';

/** Webhooks under way when the bridge is driven as fast as it can. */
const CONNECTIONS = 16;
/** The lag is measured at this share of the events that it takes in a second at most. */
const SHARE_OF_MOST = 0.5;
/** Growth is watched on webhooks of so many: there, what storing costs is the larger part. */
const EVENTS_PER_WEBHOOK = 50;

/** The local run as a process of its own: from the webhook's answer to Metronome, and whether it stays as fast and as small. */
export async function measureWhole({ whole }: Plan, say: (what: string) => void): Promise<readonly Row[]> {
  if (!TELLS_OF_PROCESSES) say('Whole: this system has no /proc, so the rows on CPU time and memory are left out');
  return [...(await withBridge((bridge) => speed(bridge, whole, say))), ...(await withBridge((bridge) => growth(bridge, whole, say)))];
}

async function speed(bridge: WholeBridge, { warmUpEvents, speed: runs, lagSeconds }: WholePlan, say: (what: string) => void): Promise<readonly Row[]> {
  say('Whole: the local run, warming up');
  await bridge.run(warmUpEvents, EVENTS_PER_WEBHOOK, atOnce(CONNECTIONS));
  const rows: Row[] = [];
  for (const { events, eventsPerWebhook } of runs) {
    say(`Whole: ${events} events, ${eventsPerWebhook} a webhook, as fast as it can`);
    const most = await bridge.run(events, eventsPerWebhook, atOnce(CONNECTIONS));
    rows.push(...speedRows(eventsPerWebhook, most));
    const webhooksPerSecond = Math.max(1, Math.round((most.eventsPerSecond * SHARE_OF_MOST) / eventsPerWebhook));
    const rate = webhooksPerSecond * eventsPerWebhook;
    say(`Whole: the lag at ${rate} events a second, ${eventsPerWebhook} a webhook`);
    const { lagsMs } = await bridge.run(rate * lagSeconds, eventsPerWebhook, atRate(webhooksPerSecond));
    rows.push(...lagRows(eventsPerWebhook, rate, { p50: percentile(lagsMs, 0.5), p99: percentile(lagsMs, 0.99) }));
  }
  return rows;
}

/** Goes on from milestone to milestone on one data folder. */
async function growth(bridge: WholeBridge, plan: WholePlan, say: (what: string) => void): Promise<readonly Row[]> {
  say('Whole: another local run, warming up');
  await bridge.run(plan.warmUpEvents, EVENTS_PER_WEBHOOK, atOnce(CONNECTIONS));
  const reached: Milestone[] = [];
  let sent = 0;
  for (const events of plan.milestones) {
    say(`Whole: up to ${events} events`);
    let stride: Phase | undefined;
    while (sent < events) {
      const next = Math.min(plan.strideEvents, events - sent);
      stride = await bridge.run(next, EVENTS_PER_WEBHOOK, atOnce(CONNECTIONS));
      sent += next;
    }
    const kept = await keptBy(bridge);
    reached.push({ events, kept, cpuMicros: await probe(bridge, plan), eventsPerSecond: stride?.eventsPerSecond });
    sent += plan.probes * plan.probeEvents;
  }
  return flatRows(reached);
}

/** @returns the CPU time of an event, undefined where the system doesn't tell */
async function probe(bridge: WholeBridge, { probes, probeEvents }: WholePlan): Promise<Summary | undefined> {
  const cpuMicros: number[] = [];
  for (let left = probes; left > 0; left -= 1) {
    const phase = await bridge.run(probeEvents, EVENTS_PER_WEBHOOK, atOnce(CONNECTIONS));
    if (phase.cpuMicros !== undefined) cpuMicros.push(phase.cpuMicros);
  }
  return cpuMicros.length === 0 ? undefined : summaryOf(cpuMicros);
}

async function keptBy({ process, storedBytes }: WholeBridge): Promise<Kept> {
  const heapBytes = await collectGarbage(process.output());
  return { heapBytes, residentBytes: TELLS_OF_PROCESSES ? usedBy(process.pid).residentBytes : undefined, storedBytes: storedBytes() };
}
